import { z } from 'zod'
import { ApprovalRequest } from '../contracts/approvals.ts'
import { BankAccount, BankAccountChange } from '../contracts/bank-accounts.ts'
import { rowsOf } from '../contracts/basic.ts'
import { readCompany } from '../kernel/database.ts'
import { listBankAccounts, lockBankAccounts } from '../modules/bank-accounts/index.ts'
import { saveBankAccountOrAsk } from '../modules/second-person/index.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command, Waiting } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { approvalView } from './waiting.ts'

const tags = ['Companies']

export const bankAccountRoutes = newApi()
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/bank-accounts',
      tags,
      permission: 'company.read',
      summary: 'List the bank accounts into which the company is paid',
      request: { params: companyParams },
      responses: { 200: json(rowsOf(BankAccount), 'By name, also those of which customers are not told any more.') },
    }),
    async (c) => c.json({ rows: await readCompany(c.var.workplace.database, c.var.companyId, listBankAccounts) }, 200),
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/bank-accounts/{name}',
      tags,
      permission: 'settings.write',
      summary: 'Say where the company is paid',
      description:
        'Adds or changes the bank account of this name. Where the company wants a second person for bank details, it waits for approval: 202.',
      request: {
        params: companyParams.extend({ name: z.string().trim().min(1).max(60).meta({ example: 'main' }) }),
        headers: changeHeaders,
        body: body(BankAccountChange),
      },
      responses: {
        200: json(BankAccount, 'The account as it is now.'),
        202: json(ApprovalRequest, 'Another person must approve it.'),
      },
    }),
    async (c) => {
      const account = { name: c.req.valid('param').name, ...c.req.valid('json') }
      return await command(c, 200, async (tx) => {
        await lockBankAccounts(tx)
        refuseIfChanged(c, { rows: await listBankAccounts(tx) })
        const outcome = await saveBankAccountOrAsk(tx, account)
        return 'waiting' in outcome ? new Waiting(approvalView(outcome.waiting)) : outcome.done
      })
    },
  )
