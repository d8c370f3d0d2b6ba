import { rowsOf } from '../contracts/basic.ts'
import { Exception } from '../contracts/exceptions.ts'
import { readCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { listExceptions, type Exception as OpenException } from '../modules/inbox/index.ts'
import { companyParams, json, newApi, route } from './api.ts'

const exceptionView = ({ id, amountMinor, currency, responsible, dueOn, ...exception }: OpenException) => ({
  ...exception,
  id: String(id),
  amount: moneyJson(amountMinor, currency),
  owner: responsible,
  due: dueOn,
})

export const exceptionRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/exceptions',
    tags: ['Exceptions'],
    permission: 'exceptions.read',
    summary: 'List what a person must look at',
    request: { params: companyParams },
    responses: { 200: json(rowsOf(Exception), 'Open ones first, the largest amount first.') },
  }),
  async (c) => {
    const exceptions = await readCompany(c.var.workplace.database, c.var.companyId, listExceptions)
    return c.json({ rows: exceptions.map(exceptionView) }, 200)
  },
)
