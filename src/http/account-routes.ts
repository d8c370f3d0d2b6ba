import { z } from 'zod'
import { Account, AccountChange, NewAccount } from '../contracts/accounts.ts'
import { pageOf } from '../contracts/resources.ts'
import { readCompany } from '../kernel/database.ts'
import {
  accountByCode,
  addAccounts,
  changeAccounts,
  type Account as LedgerAccount,
  listAccounts,
  lockAccount,
} from '../ledger/accounts.ts'
import { body, changeHeaders, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { pageOfAll, shortPages } from './short-list.ts'

const accountView = (account: LedgerAccount) => ({ ...account, id: String(account.id) })

const accountParams = companyParams.extend({ code: z.string().min(1).max(40).meta({ example: '1200' }) })

export const accountRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/accounts',
      tags: ['Accounts'],
      permission: 'company.read',
      summary: 'List the chart of accounts',
      request: { params: companyParams, query: z.object(shortPages) },
      responses: { 200: json(pageOf(Account), 'The accounts, in order of code.') },
    }),
    async (c) => {
      const accounts = await readCompany(c.var.workplace.database, c.var.companyId, listAccounts)
      return c.json(
        pageOfAll(accounts.map(accountView), ({ code }) => code, c.req.valid('query')),
        200,
      )
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/accounts/{code}',
      tags: ['Accounts'],
      permission: 'company.read',
      summary: 'Get an account',
      request: { params: accountParams },
      responses: { 200: json(Account, 'The account.') },
    }),
    async (c) => {
      const { code } = c.req.valid('param')
      const account = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => accountByCode(tx, code))
      return c.json(accountView(account), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/accounts',
      tags: ['Accounts'],
      permission: 'settings.write',
      summary: 'Add an account',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewAccount) },
      responses: { 201: json(Account, 'The account.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const account = c.req.valid('json')
        await addAccounts(tx, [account])
        return accountView(await accountByCode(tx, account.code))
      }),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/companies/{companyId}/accounts/{code}',
      tags: ['Accounts'],
      permission: 'settings.write',
      summary: 'Rename, regroup or end an account, or place it in the cash flow statement',
      request: {
        params: accountParams,
        headers: changeHeaders,
        body: body(AccountChange),
      },
      responses: { 200: json(Account, 'The account as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const { code } = c.req.valid('param')
        await lockAccount(tx, code)
        refuseIfChanged(c, accountView(await accountByCode(tx, code)))
        await changeAccounts(tx, [{ ...c.req.valid('json'), code }])
        return accountView(await accountByCode(tx, code))
      }),
  )
