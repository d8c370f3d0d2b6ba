import type { Context } from 'hono'
import type { Problem } from '../contracts/basic.ts'
import { Callers, RequestLimits } from '../modules/identity/index.ts'
import { accountRoutes } from './account-routes.ts'
import { addAdminAssets } from './admin.ts'
import { newApi } from './api.ts'
import { addApiPages } from './api-page.ts'
import { approvalRoutes } from './approval-routes.ts'
import { addAssets } from './assets.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { bankAccountRoutes } from './bank-account-routes.ts'
import { bookkeepingRoutes } from './bookkeeping-routes.ts'
import { budgetRoutes } from './budget-routes.ts'
import { bulkJournalRoutes } from './bulk-journal-routes.ts'
import { findCompany, identify, MOST_UNKNOWN_PER_MINUTE } from './callers.ts'
import { cardRoutes } from './card-routes.ts'
import { companyIdentityRoutes } from './company-identity-routes.ts'
import { companyRoutes } from './company-routes.ts'
import { destinationNameRoutes } from './destination-name-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { earlyPaymentRoutes } from './early-payment-routes.ts'
import { entityTags } from './entity-tag.ts'
import { exceptionRoutes } from './exception-routes.ts'
import { homeRoutes } from './home-routes.ts'
import { ImportStreams, importEventRoutes } from './import-events.ts'
import { importFormatRoutes } from './import-format-routes.ts'
import { importMoveRoutes } from './import-moves-routes.ts'
import { importRoutes } from './import-routes.ts'
import { importTrialBalanceRoutes } from './import-trial-balance.ts'
import { itemGroupRoutes } from './item-group-routes.ts'
import { journalRoutes } from './journal-routes.ts'
import { mappingChangeRoutes } from './mapping-change-routes.ts'
import { mappingRoutes } from './mapping-routes.ts'
import { openMetrics } from './metrics.ts'
import { type Observer, observed } from './observe.ts'
import { ownAccountRoutes } from './own-account-routes.ts'
import { addPages } from './pages.ts'
import { partyRoutes } from './party-routes.ts'
import { paymentRoutes } from './payment-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { periodRoutes } from './period-routes.ts'
import { postingDayRoutes } from './posting-day-routes.ts'
import { answerProblem, problemOf, RequestProblem } from './problem.ts'
import { problemPage } from './problem-page.ts'
import { rateRoutes } from './rate-routes.ts'
import { recurringRoutes } from './recurring-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { readRoutes } from './resource-routes.ts'
import { salesRoutes } from './sales-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { limitBodies, onlyOurselves, protectiveHeaders, refuseHalfCharacters } from './security.ts'
import { addServiceRoutes, type Service } from './service-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { sourceNameRoutes } from './source-name-routes.ts'
import { structureRoutes } from './structure-routes.ts'
import { timelineRoutes } from './timeline-routes.ts'
import { apiVersions, dated } from './versions.ts'
import { viewRoutes } from './view-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import type { Workplace } from './workplace.ts'

const apiRoutes = [
  sessionRoutes,
  ownAccountRoutes,
  peopleRoutes,
  approvalRoutes,
  companyRoutes,
  companyIdentityRoutes,
  bankAccountRoutes,
  homeRoutes,
  searchRoutes,
  viewRoutes,
  accountRoutes,
  partyRoutes,
  readRoutes,
  timelineRoutes,
  periodRoutes,
  mappingRoutes,
  mappingChangeRoutes,
  sourceNameRoutes,
  destinationNameRoutes,
  postingDayRoutes,
  structureRoutes,
  journalRoutes,
  bulkJournalRoutes,
  draftRoutes,
  recurringRoutes,
  attachmentRoutes,
  salesRoutes,
  paymentRoutes,
  cardRoutes,
  itemGroupRoutes,
  earlyPaymentRoutes,
  bookkeepingRoutes,
  rateRoutes,
  reportRoutes,
  budgetRoutes,
  importFormatRoutes,
  importRoutes,
  importMoveRoutes,
  importTrialBalanceRoutes,
  importEventRoutes,
  exceptionRoutes,
  webhookRoutes,
]

const base = '/api/v1'

/** What a site is made of; what is left out is as it is on one's own machine. */
export type SiteParts = Pick<Workplace, 'database' | 'version' | 'uploads' | 'imports' | 'prove' | 'identity' | 'log'> &
  Partial<Pick<Workplace, 'hosts' | 'behindProxy' | 'reach' | 'sendsMail' | 'samples'>> &
  Pick<Service, 'metricsToken' | 'ending'> & { requestsPerMinute?: number; observe?: Observer }

/** A site that nothing runs beside makes no sample companies. */
const noSamples: Workplace['samples'] = { claim: async () => undefined, start: () => {} }

function workplaceOf({
  requestsPerMinute = 120_000,
  hosts = new Set(),
  behindProxy = false,
  reach = { loopback: false },
  sendsMail = false,
  ...parts
}: SiteParts): Workplace {
  const { database, identity } = parts
  return {
    samples: noSamples,
    ...parts,
    hosts,
    behindProxy,
    reach,
    sendsMail,
    streams: new ImportStreams({ database, ending: parts.ending }),
    callers: new Callers(database, identity),
    limits: new RequestLimits(database, requestsPerMinute),
    unknownLimits: new RequestLimits(database, MOST_UNKNOWN_PER_MINUTE),
  }
}

/** The whole site: the API with its documentation, and the pages. */
export function createApp(parts: SiteParts, versions = apiVersions) {
  const workplace = workplaceOf(parts)
  const app = newApi()
  app.onError((error, c) => answer(c, problemOf(error, workplace.log)))
  app.notFound((c) => answer(c, problemOf(new RequestProblem('not_found', c.req.path), workplace.log)))
  const metrics = openMetrics(workplace.database)
  app.use(
    observed([metrics.observe, ...(parts.observe ? [parts.observe] : [])]),
    protectiveHeaders(workplace),
    onlyOurselves(workplace),
    limitBodies,
    identify(workplace),
    refuseHalfCharacters,
  )
  app.use(`${base}/*`, dated(versions), entityTags)
  for (const path of [`${base}/companies/:companyId`, `${base}/companies/:companyId/*`]) app.use(path, findCompany)
  addServiceRoutes(app, { ...workplace, metrics, metricsToken: parts.metricsToken, ending: parts.ending })
  for (const routes of apiRoutes) app.route(base, routes)
  addApiPages(app, workplace.version)
  addAssets(app)
  addAdminAssets(app)
  addPages(app)
  return app
}

/** Programs get problem details; who looks at a page gets a page. */
const answer = (c: Context, problem: Problem): Response | Promise<Response> =>
  !c.req.path.startsWith('/api/') && c.req.header('accept')?.includes('text/html')
    ? c.html(problemPage(problem), problem.status as 400)
    : answerProblem(c, problem)
