import { z } from 'zod'
import {
  Approval,
  ApprovalDetail,
  ApprovalRequest,
  ApprovalRule,
  ApprovalRuleChange,
  ApprovalRuleKind,
  Decline,
  ListedApproval,
} from '../contracts/approvals.ts'
import { Id, rowsOf } from '../contracts/basic.ts'
import { inCompany, readCompany, type Tx } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import {
  type ApprovalRequest as ApprovalRequestRow,
  approvalRules,
  listApprovals,
  lockApprovalRules,
  type ApprovalRule as StoredRule,
} from '../modules/approvals/index.ts'
import { approvalDetail, decide, setRuleOrAsk } from '../modules/second-person/index.ts'
import { namedActors } from '../reports/actors.ts'
import { amountsOf } from './amounts.ts'
import { body, changeHeaders, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { callerOf } from './callers.ts'
import { command, unlessDeadlocked, Waiting } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { approvalDetailView, approvalView } from './waiting.ts'

const tags = ['Approvals']
const requestParams = companyParams.extend({ approvalId: Id })

const ruleView = ({ kind, aboveMinor, active }: StoredRule, currency: string) => ({
  kind,
  active,
  above: aboveMinor === null ? null : moneyJson(aboveMinor, currency),
})

/** The names of those who asked and decided, and whether it was the caller who asked, also by a key. */
async function namesOf(tx: Tx, requests: readonly ApprovalRequestRow[], userId: number) {
  const actors = requests.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy ?? []].flat())
  const actorOf = await namedActors(tx, actors)
  const own = new RegExp(`^user:${userId}(:|$)`)
  return ({ requestedBy, decidedBy }: ApprovalRequestRow) => ({
    requestedByName: actorOf(requestedBy).name,
    decidedByName: decidedBy === null ? null : actorOf(decidedBy).name,
    own: own.test(requestedBy),
  })
}

const requests = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/approvals',
      tags,
      permission: 'approvals.read',
      summary: 'List what waits for a second person, and what was decided',
      request: {
        params: companyParams,
        query: z.object({ state: z.enum(['pending', 'approved', 'declined']).optional() }),
      },
      responses: { 200: json(rowsOf(ListedApproval), 'The newest first.') },
    }),
    async (c) => {
      const { state } = c.req.valid('query')
      const { userId } = callerOf(c)
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const found = await listApprovals(tx, state ?? null)
        const names = await namesOf(tx, found, userId)
        return found.map((request) => ({ ...approvalView(request), ...names(request) }))
      })
      return c.json({ rows }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/approvals/{approvalId}',
      tags,
      permission: 'approvals.read',
      summary: 'Get what somebody asks for, with all that it would do',
      description:
        'It is done and taken back, so that entries are shown on the accounts on which they would stand now. What moves more than 2,000 lines is shown as it was tried when it was asked for (`kept`).',
      request: { params: requestParams },
      responses: { 200: json(ApprovalDetail, 'What is to be decided on.') },
    }),
    async (c) => {
      const { database } = c.var.workplace
      const id = BigInt(c.req.valid('param').approvalId)
      const { userId } = callerOf(c)
      const detail = await unlessDeadlocked(() =>
        inCompany(database, c.var.companyId, async (tx) => {
          const found = await approvalDetail(tx, id)
          const names = await namesOf(tx, [found.request], userId)
          return { ...approvalDetailView(found), ...names(found.request) }
        }),
      )
      return c.json(detail, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/approvals/{approvalId}/approve',
      tags,
      permission: 'approvals.decide',
      summary: 'Approve what another person asked for',
      description: 'It is done at once, in the name of whoever asked. Never by the same person, nor by a key.',
      request: { params: requestParams, headers: idempotencyHeader, body: body(Approval) },
      responses: { 200: json(ApprovalRequest, 'The decision.') },
    }),
    async (c) => {
      const decision = { ...c.req.valid('json'), id: BigInt(c.req.valid('param').approvalId) }
      return await command(c, 200, async (tx) => approvalView(await decide(tx, { ...decision, decision: 'approved' })))
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/approvals/{approvalId}/decline',
      tags,
      permission: 'approvals.decide',
      summary: 'Decline what another person asked for',
      request: { params: requestParams, headers: idempotencyHeader, body: body(Decline) },
      responses: { 200: json(ApprovalRequest, 'The decision.') },
    }),
    async (c) => {
      const decision = { ...c.req.valid('json'), id: BigInt(c.req.valid('param').approvalId) }
      return await command(c, 200, async (tx) => approvalView(await decide(tx, { ...decision, decision: 'declined' })))
    },
  )

async function rulesView(tx: Tx) {
  const { baseCurrency } = await companyFacts(tx)
  return { rows: (await approvalRules(tx)).map((rule) => ruleView(rule, baseCurrency)) }
}

const rules = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/approval-rules',
      tags,
      permission: 'company.read',
      summary: 'List what needs a second person',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(ApprovalRule), 'The rules.') },
    }),
    async (c) => {
      return c.json(await readCompany(c.var.workplace.database, c.var.companyId, rulesView), 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/approval-rules/{kind}',
      tags,
      permission: 'people.manage',
      summary: 'Set what needs a second person',
      description:
        'Entries by hand above an amount, every reopening of a period, every closing of a fiscal year, or every change of bank details. What loosens a rule waits for a second person itself.',
      request: {
        params: companyParams.extend({ kind: ApprovalRuleKind }),
        headers: changeHeaders,
        body: body(ApprovalRuleChange),
      },
      responses: {
        200: json(ApprovalRule, 'The rule as it is now.'),
        202: json(ApprovalRequest, 'It lets more through: another person must approve it.'),
      },
    }),
    async (c) => {
      const { kind } = c.req.valid('param')
      const { active, above } = c.req.valid('json')
      return await command(c, 200, async (tx) => {
        await lockApprovalRules(tx)
        refuseIfChanged(c, await rulesView(tx))
        const { read } = await amountsOf(tx)
        const aboveMinor = kind === 'journal' && above !== undefined ? read(above) : null
        const outcome = await setRuleOrAsk(tx, { kind, aboveMinor, active })
        if ('waiting' in outcome) return new Waiting(approvalView(outcome.waiting))
        return ruleView(outcome.done, (await companyFacts(tx)).baseCurrency)
      })
    },
  )

export const approvalRoutes = newApi().route('/', requests).route('/', rules)
