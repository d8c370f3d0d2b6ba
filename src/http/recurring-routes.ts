import { z } from 'zod'
import { Day, rowsOf } from '../contracts/basic.ts'
import { PostedEntry } from '../contracts/facts.ts'
import {
  ListedRecurring,
  NewRecurring,
  Recurring,
  RecurringChange,
  RecurringRetry,
  SettledDay,
  Upcoming,
} from '../contracts/recurring.ts'
import { readCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import {
  changeRecurring,
  type Recurring as KeptRecurring,
  listRecurring,
  listSettledDays,
  startRecurring,
  upcomingJournals,
} from '../modules/journal/index.ts'
import { retryDueDaysOrAsk } from '../modules/second-person/index.ts'
import { postedView } from './amounts.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { listRoute } from './list-route.ts'
import { viewsOf } from './waiting.ts'
import { withNames } from './with-names.ts'

const recurringView = <Kept extends KeptRecurring>({ id: _, templateId: __, ...recurring }: Kept) => recurring

const listed = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/recurring-journals',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'List the recurring journals',
    request: { params: companyParams },
    responses: { 200: json(rowsOf(ListedRecurring), 'The recurring journals.') },
  }),
  async (c) => {
    const rows = await readCompany(
      c.var.workplace.database,
      c.var.companyId,
      async (tx) => await withNames(tx, await listRecurring(tx), ['author']),
    )
    return c.json({ rows: rows.map(recurringView) }, 200)
  },
)

const upcoming = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/recurring-journals/upcoming',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'Preview what recurring journals will post',
    request: { params: companyParams, query: z.object({ until: Day }) },
    responses: { 200: json(rowsOf(Upcoming), 'In order of day; at most a thousand.') },
  }),
  async (c) => {
    const { until } = c.req.valid('query')
    const rows = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
      const { baseCurrency } = await companyFacts(tx)
      return (await upcomingJournals(tx, until)).map(({ lines, ...journal }) => ({
        ...journal,
        lines: lines.map(({ account = null, role = null, amountMinor }) => ({
          account,
          role,
          amount: moneyJson(amountMinor, baseCurrency),
        })),
      }))
    })
    return c.json({ rows }, 200)
  },
)

const settled = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/recurring-journals/days',
    tags: ['Journal'],
    permission: 'journal.read',
    summary: 'List what became of due days',
    request: { params: companyParams, query: z.object({ name: z.string().max(200).optional() }) },
    responses: { 200: json(rowsOf(SettledDay), 'The newest first; at most 500.') },
  }),
  async (c) => {
    const { name = null } = c.req.valid('query')
    const rows = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => listSettledDays(tx, name))
    const shown = rows.map((row) => ({ ...row, entryId: row.entryId === null ? null : String(row.entryId) }))
    return c.json({ rows: shown }, 200)
  },
)

const started = listRoute({
  path: 'recurring-journals',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Begin recurring journals',
  description: 'The server posts what is due, once for each due day, also what fell due before.',
  request: NewRecurring,
  result: Recurring,
  perform: async (tx, requests) => (await startRecurring(tx, requests, tx.actor)).map(recurringView),
})

const changed = listRoute({
  path: 'recurring-journals/changes',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Pause, resume or end recurring journals',
  description: 'What fell due while one was paused is passed over.',
  request: RecurringChange,
  result: Recurring,
  perform: async (tx, requests) => (await changeRecurring(tx, requests, tx.actor)).map(recurringView),
})

const retried = listRoute({
  path: 'recurring-journals/retries',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Post due days that were refused',
  description: 'On the due day, or on another where that is in a closed period.',
  request: RecurringRetry,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => viewsOf(await retryDueDaysOrAsk(tx, requests, mode), postedView),
})

export const recurringRoutes = [listed, upcoming, settled, started, changed, retried].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
