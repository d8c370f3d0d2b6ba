import { ApprovalRequest } from '../contracts/approvals.ts'
import { Month, rowsOf } from '../contracts/basic.ts'
import { Period, PeriodClosing, PeriodReopening } from '../contracts/periods.ts'
import { accountingDate } from '../kernel/accounting-date.ts'
import { inCompanyAsOwner, readCompany } from '../kernel/database.ts'
import { closePeriod, listPeriods } from '../ledger/periods.ts'
import { sealEntries } from '../ledger/seal.ts'
import { reopenPeriodOrAsk } from '../modules/second-person/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command, Waiting } from './command.ts'
import { approvalView } from './waiting.ts'

const periodParams = companyParams.extend({ month: Month })
const firstDay = (month: string) => accountingDate(`${month}-01`)

export const periodRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/periods',
      tags: ['Periods'],
      permission: 'company.read',
      summary: 'List the periods that were ever closed',
      description: 'A month that is not listed is open.',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(Period), 'The periods.') },
    }),
    async (c) => c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listPeriods) }, 200),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/periods/{month}/close',
      tags: ['Periods'],
      permission: 'periods.close',
      summary: 'Close a period',
      description: 'Seals the journal first. Nothing is posted into a closed period.',
      request: { params: periodParams, headers: idempotencyHeader, body: body(PeriodClosing) },
      responses: { 200: json(Period, 'The period.') },
    }),
    async (c) => {
      await inCompanyAsOwner(c.var.workplace.database, c.var.companyId, sealEntries)
      const decision = { ...c.req.valid('json'), month: firstDay(c.req.valid('param').month) }
      return await command(c, 200, (tx) => closePeriod(tx, { ...decision, decidedBy: tx.actor }))
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/periods/{month}/reopen',
      tags: ['Periods'],
      permission: 'periods.reopen',
      summary: 'Reopen a closed period',
      description: 'Where the company wants a second person for it, it waits for approval: 202.',
      request: { params: periodParams, headers: idempotencyHeader, body: body(PeriodReopening) },
      responses: {
        200: json(Period, 'The period.'),
        202: json(ApprovalRequest, 'Another person must approve it.'),
      },
    }),
    async (c) => {
      const decision = { ...c.req.valid('json'), month: firstDay(c.req.valid('param').month) }
      return await command(c, 200, async (tx) => {
        const outcome = await reopenPeriodOrAsk(tx, { ...decision, decidedBy: tx.actor })
        return 'waiting' in outcome ? new Waiting(approvalView(outcome.waiting)) : outcome.done
      })
    },
  )
