import { z } from 'zod'
import { ApprovalRequest } from '../contracts/approvals.ts'
import { rowsOf } from '../contracts/basic.ts'
import {
  AccountMerge,
  LegacyAccount,
  MergedAccounts,
  NewLegacyAccount,
  StructureBalance,
  StructureQuery,
} from '../contracts/structures.ts'
import { today } from '../kernel/accounting-date.ts'
import { readCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { mergeOrAsk } from '../modules/second-person/index.ts'
import { listLegacyAccounts, setLegacyAccounts } from '../modules/structures/index.ts'
import { structureBalance } from '../reports/structure-balance.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command, Waiting } from './command.ts'
import { listRoute } from './list-route.ts'
import { approvalView } from './waiting.ts'

const legacyAccounts = listRoute({
  path: 'structures/accounts',
  tag: 'Accounts',
  permission: 'settings.write',
  summary: 'Say what accounts of an earlier chart have become',
  description: 'Journals and opening balances may then be written with the earlier codes.',
  request: NewLegacyAccount,
  result: LegacyAccount,
  perform: async (tx, requests) => {
    await setLegacyAccounts(tx, requests)
    return requests
  },
})

export const structureRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/structures/accounts',
      tags: ['Accounts'],
      permission: 'company.read',
      summary: 'List the accounts of earlier charts',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(LegacyAccount), 'The accounts, by structure and code.') },
    }),
    async (c) =>
      c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listLegacyAccounts) }, 200),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/structures/{structure}/trial-balance',
      tags: ['Accounts'],
      permission: 'reports.read',
      summary: 'Read the trial balance by another structure',
      description:
        'By an earlier chart, or as the accounts were before a merge or an application of the mapping: before:ID.',
      request: { params: companyParams.extend({ structure: z.string().min(1).max(100) }), query: StructureQuery },
      responses: { 200: json(StructureBalance, 'The balances that are not zero.') },
    }),
    async (c) => {
      const { structure } = c.req.valid('param')
      const given = c.req.valid('query').asOf
      const read = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const { baseCurrency, timeZone } = await companyFacts(tx)
        const asOf = given ?? today(timeZone)
        const rows = await structureBalance(tx, { structure, asOf })
        return {
          structure,
          asOf,
          rows: rows.map(({ balanceMinor, ...row }) => ({ ...row, balance: moneyJson(balanceMinor, baseCurrency) })),
        }
      })
      return c.json(read, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/accounts/merges',
      tags: ['Accounts'],
      permission: 'settings.write',
      summary: 'Merge accounts',
      description:
        'Moves all that stands on them onto one, by entries, and lets the rules choose that one from now on. Where the company wants a second person for so much, it waits for approval: 202.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(AccountMerge) },
      responses: {
        201: json(MergedAccounts, 'What was moved.'),
        202: json(ApprovalRequest, 'Another person must approve it.'),
      },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const outcome = await mergeOrAsk(tx, c.req.valid('json'))
        if ('waiting' in outcome) return new Waiting(approvalView(outcome.waiting))
        const { applicationId, amountMinor, debitsMinor: _, ...merged } = outcome.done
        const { baseCurrency } = await companyFacts(tx)
        return { applicationId: String(applicationId), ...merged, amount: moneyJson(amountMinor, baseCurrency) }
      }),
  )
  .route('/', legacyAccounts)
