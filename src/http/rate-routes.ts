import { z } from 'zod'
import { Day, rowsOf } from '../contracts/basic.ts'
import {
  CurrencyName,
  ExchangeRate,
  NewExchangeRate,
  NewRevaluation,
  RateInUse,
  RevaluedMonth,
  SavedRate,
} from '../contracts/rates.ts'
import { accountingDate, endOfMonth } from '../kernel/accounting-date.ts'
import { readCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { addCompanyRates, findRates, listRates, rateInWords } from '../modules/rates/index.ts'
import { revalue } from '../modules/revaluation/index.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { listRoute } from './list-route.ts'
import { withNames } from './with-names.ts'

const tag = 'Exchange rates'

const added = listRoute({
  path: 'rates',
  tag,
  summary: 'Add exchange rates',
  permission: 'settings.write',
  description: 'By hand, or of your own. A rate with another value is a next version; what was posted keeps its rate.',
  request: NewExchangeRate,
  result: SavedRate,
  perform: (tx, requests) =>
    addCompanyRates(
      tx,
      requests.map(({ reason, ...rate }) => ({ ...rate, ...(reason === undefined ? {} : { reason }) })),
      tx.actor,
    ),
})

const revaluations = listRoute({
  path: 'revaluations',
  tag,
  summary: 'Revalue balances in other currencies',
  permission: 'journal.post',
  description:
    'At the end of a month, at the rate of its last day. Again, it books only what has changed since. A month stands on those before it, so they are done one after the other: 36 at most.',
  // Each month reads what the one before has posted: they cannot be one statement.
  most: 36,
  request: NewRevaluation,
  result: RevaluedMonth,
  perform: async (tx, requests) => {
    const { baseCurrency } = await companyFacts(tx)
    const done: z.input<typeof RevaluedMonth>[] = []
    for (const { month } of requests) {
      const revalued = await revalue(tx, endOfMonth(accountingDate(`${month}-01`)), tx.actor)
      const balances = revalued.map(({ account, currency, currencyMinor, beforeMinor, afterMinor, kept, entryId }) => ({
        account,
        balance: moneyJson(currencyMinor, currency),
        before: moneyJson(beforeMinor, baseCurrency),
        after: moneyJson(afterMinor, baseCurrency),
        reversed: !kept,
        entryId: String(entryId),
      }))
      done.push({ month, balances })
    }
    return done
  },
})

export const rateRoutes = newApi()
  .route('/', added)
  .route('/', revaluations)
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/rates',
      tags: [tag],
      summary: 'List exchange rates',
      permission: 'company.read',
      description: 'Every version, the latest day first: reference rates, those by hand and your own.',
      request: {
        params: companyParams,
        query: z.object({
          currency: CurrencyName.optional(),
          from: Day.optional(),
          to: Day.optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
      },
      responses: { 200: json(rowsOf(ExchangeRate), 'The rates.') },
    }),
    async (c) => {
      const filter = c.req.valid('query')
      const rows = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) =>
        withNames(tx, await listRates(tx, filter), ['author']),
      )
      return c.json({ rows }, 200)
    },
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/rates/{currency}/{on}',
      tags: [tag],
      summary: 'Find the rate of a currency on a day',
      permission: 'company.read',
      description:
        'The one that a document of that day is converted with. Declined with `rate_missing` where there is none.',
      request: { params: companyParams.extend({ currency: CurrencyName, on: Day }) },
      responses: { 200: json(RateInUse, 'The rate.') },
    }),
    async (c) => {
      const { currency, on } = c.req.valid('param')
      const book = await readCompany(c.var.workplace.database, c.var.companyId, async (tx) => {
        const found = await findRates(tx, [{ currency, on }])
        return { base: found.base, rate: found.rateOn(currency, on) }
      })
      const { base, rate } = book
      const words = rate === null ? '1' : rateInWords(rate)
      return c.json({ currency, base, on, rate: words, source: rate?.source ?? null, day: rate?.day ?? on }, 200)
    },
  )
