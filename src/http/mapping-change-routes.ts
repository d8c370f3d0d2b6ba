import { ApprovalRequest } from '../contracts/approvals.ts'
import { rowsOf } from '../contracts/basic.ts'
import {
  AppliedMapping,
  MappingApplication,
  MappingChange,
  MappingChangeToApply,
  MappingPreview,
} from '../contracts/mapping.ts'
import { readCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { applyMappingOrAsk } from '../modules/second-person/index.ts'
import { listMappingApplications } from '../posting/apply-mapping.ts'
import { previewMappingChange } from '../posting/change-mapping.ts'
import { mappingPreviewView } from '../posting/preview-view.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command, Waiting } from './command.ts'
import { approvalView } from './waiting.ts'
import { withNames } from './with-names.ts'

export const mappingChangeRoutes = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/mapping-rules/preview',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'Preview a change of the mapping',
      description: 'Which posted lines would land elsewhere, by account and period. Nothing is stored.',
      request: { params: companyParams, body: body(MappingChange) },
      responses: { 200: json(MappingPreview, 'What would move.') },
    }),
    async (c) => {
      const change = c.req.valid('json')
      const preview = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const { baseCurrency } = await companyFacts(tx)
        return mappingPreviewView(await previewMappingChange(tx, change), baseCurrency)
      })
      return c.json(preview, 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/mapping-rules/apply',
      tags: ['Mapping'],
      permission: 'settings.write',
      summary: 'Apply the mapping to what is posted',
      description:
        'Adds the rules and moves lines to where the mapping places them, by entries. Once applied, the same moves nothing more. Where the company wants a second person for so much, it waits for approval: 202.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(MappingChangeToApply) },
      responses: {
        201: json(AppliedMapping, 'What was moved.'),
        202: json(ApprovalRequest, 'Another person must approve it.'),
      },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const outcome = await applyMappingOrAsk(tx, c.req.valid('json'))
        if ('waiting' in outcome) return new Waiting(approvalView(outcome.waiting))
        const { applicationId, lines, entries, amountMinor } = outcome.done
        const { baseCurrency } = await companyFacts(tx)
        return {
          applicationId: applicationId === null ? null : String(applicationId),
          lines,
          entries,
          amount: moneyJson(amountMinor, baseCurrency),
        }
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/mapping-applications',
      tags: ['Mapping'],
      permission: 'company.read',
      summary: 'List when the mapping was applied',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(MappingApplication), 'The latest first.') },
    }),
    async (c) => {
      const rows = await readCompany(
        c.var.workplace.database,
        c.var.companyId,
        async (tx) => await withNames(tx, await listMappingApplications(tx), ['appliedBy']),
      )
      return c.json({ rows: rows.map((row) => ({ ...row, id: String(row.id) })) }, 200)
    },
  )
