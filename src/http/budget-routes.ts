import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { Budget, BudgetAmounts, NewBudget } from '../contracts/budgets.ts'
import { Saved } from '../contracts/facts.ts'
import { accountingDate } from '../kernel/accounting-date.ts'
import { readCompany } from '../kernel/database.ts'
import { listBudgets, saveBudgets, setBudgetAmounts } from '../modules/budgets/index.ts'
import { amountsOf } from './amounts.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { listRoute } from './list-route.ts'

const budgets = listRoute({
  path: 'budgets',
  tag: 'Budgets',
  permission: 'settings.write',
  summary: 'Add budgets, or rename them',
  description: 'A budget is a version of the plan, known by its code.',
  request: NewBudget,
  result: Saved,
  perform: async (tx, requests) => {
    await saveBudgets(tx, requests)
    return requests.map(() => ({ result: 'saved' as const }))
  },
})

export const budgetRoutes = newApi()
  .route('/', budgets)
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/budgets',
      tags: ['Budgets'],
      permission: 'reports.read',
      summary: 'List the budgets',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(Budget), 'The budgets, with the months that they name.') },
    }),
    async (c) => {
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, listBudgets)
      return c.json(
        { rows: rows.map(({ id, amounts, ...row }) => ({ ...row, id: String(id), amounts: Number(amounts) })) },
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/budgets/{code}/amounts',
      tags: ['Budgets'],
      permission: 'settings.write',
      summary: 'Set amounts of a budget',
      description: 'Each takes the place of the one for its account, month and channel. All of them, or none.',
      request: {
        params: companyParams.extend({ code: z.string().min(1) }),
        headers: idempotencyHeader,
        body: body(BudgetAmounts),
      },
      responses: { 200: json(Saved, 'They are set.') },
    }),
    async (c) => {
      const { amounts, replace } = c.req.valid('json')
      const { code } = c.req.valid('param')
      return await command(c, 200, async (tx) => {
        const { read } = await amountsOf(tx)
        const set = amounts.map(({ amount, month, ...rest }) => ({
          ...rest,
          month: accountingDate(`${month}-01`),
          amountMinor: read(amount),
        }))
        await setBudgetAmounts(tx, code, set, { replace })
        return { result: 'saved' as const }
      })
    },
  )
