import { z } from 'zod'
import { rowsOf } from '../contracts/basic.ts'
import { Budget, BudgetAmounts, BudgetPlan, NewBudget } from '../contracts/budgets.ts'
import { Saved } from '../contracts/facts.ts'
import { accountingDate } from '../kernel/accounting-date.ts'
import { readCompany, type Tx } from '../kernel/database.ts'
import { listBudgets, lockBudget, readBudget, saveBudgets, setBudgetAmounts } from '../modules/budgets/index.ts'
import { amountsOf } from './amounts.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
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

const budgetParams = companyParams.extend({ code: z.string().min(1) })

async function planView(tx: Tx, code: string): Promise<z.infer<typeof BudgetPlan>> {
  const { write } = await amountsOf(tx)
  const { amounts, ...budget } = await readBudget(tx, code)
  return { ...budget, amounts: amounts.map(({ amountMinor, ...rest }) => ({ ...rest, amount: write(amountMinor) })) }
}

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
      method: 'get',
      path: '/companies/{companyId}/budgets/{code}/amounts',
      tags: ['Budgets'],
      permission: 'reports.read',
      summary: 'Read what a budget holds',
      request: { params: budgetParams },
      responses: { 200: json(BudgetPlan, 'Its amounts, by account, month and channel.') },
    }),
    async (c) => {
      const { code } = c.req.valid('param')
      return c.json(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => planView(tx, code)), 200)
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
        params: budgetParams,
        headers: changeHeaders,
        body: body(BudgetAmounts),
      },
      responses: { 200: json(Saved, 'They are set.') },
    }),
    async (c) => {
      const { amounts, replace } = c.req.valid('json')
      const { code } = c.req.valid('param')
      return await command(c, 200, async (tx) => {
        await lockBudget(tx, code)
        refuseIfChanged(c, await planView(tx, code))
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
