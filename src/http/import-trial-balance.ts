import { z } from 'zod'
import { Day, Id } from '../contracts/basic.ts'
import { ImportTrialBalance } from '../contracts/imports.ts'
import { type AccountingDate, accountingDate } from '../kernel/accounting-date.ts'
import { readCompany, type Tx } from '../kernel/database.ts'
import { checkedChanges, type ImportRequest, importChanges, importRequest } from '../modules/intake/index.ts'
import { companyHeading, moneyIn } from '../reports/report.ts'
import { accountMovements } from '../reports/stored-balances.ts'
import { companyParams, json, newApi, route } from './api.ts'

type Change = { code: string; name: string; amountMinor: bigint }

/** What an import moved on each account up to a day: what it has posted, or else what its check says that it would. */
async function changesOf(tx: Tx, request: ImportRequest, asOf: AccountingDate | null): Promise<Change[]> {
  if (request.posted.entries > 0) return await importChanges(tx, { requestId: request.id, asOf })
  const byAccount = new Map<string, Change>()
  for (const { code, name, day, amountMinor } of (await checkedChanges(tx, request.id)) ?? []) {
    if (asOf !== null && day > asOf) continue
    const known = byAccount.get(code)?.amountMinor ?? 0n
    byAccount.set(code, { code, name, amountMinor: known + BigInt(amountMinor) })
  }
  return [...byAccount.values()]
}

// The ledger takes no later day.
const lastDay = accountingDate('2999-12-31')

/**
 * The trial balance without and with an import, account by account. The change is what its entries moved, known from the transactions that posted
 * them: so the difference is the import's alone, whatever else was posted before, meanwhile or since. It costs by the days and accounts that the
 * import touched and not by its lines.
 */
async function importTrialBalance(
  tx: Tx,
  id: bigint,
  asOf: AccountingDate | null,
): Promise<z.output<typeof ImportTrialBalance>> {
  const request = await importRequest(tx, id)
  const { currency } = await companyHeading(tx)
  const money = moneyIn(currency)
  const written = request.posted.entries > 0
  const changes = new Map((await changesOf(tx, request, asOf)).map((one) => [one.code, one]))
  const accounts = await accountMovements(tx, [{ from: null, to: asOf ?? lastDay }])
  const balances = new Map(accounts.map(({ code, name, amounts: [minor = 0n] }) => [code, { code, name, minor }]))
  const codes = [...new Set([...balances.keys(), ...changes.keys()])].sort()
  const rows = codes.map((code) => {
    const change = changes.get(code)?.amountMinor ?? 0n
    const now = balances.get(code)?.minor ?? 0n
    const [before, after] = written ? [now - change, now] : [now, now + change]
    return { account: code, name: (balances.get(code) ?? changes.get(code))?.name ?? '', before, change, after }
  })
  const sum = (side: 'before' | 'after', of: (minor: bigint) => boolean) =>
    money(rows.reduce((total, row) => (of(row[side]) ? total + row[side] : total), 0n))
  const debit = (minor: bigint): boolean => minor > 0n
  const credit = (minor: bigint): boolean => minor < 0n
  return {
    importId: String(id),
    state: request.state,
    asOf,
    written,
    currency,
    rows: rows.map((row) => ({
      ...row,
      before: money(row.before),
      change: money(row.change),
      after: money(row.after),
    })),
    totals: {
      debit: { before: sum('before', debit), after: sum('after', debit) },
      credit: { before: sum('before', credit), after: sum('after', credit) },
    },
  }
}

export const importTrialBalanceRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/imports/{importId}/trial-balance',
    tags: ['Imports'],
    permission: 'reports.read',
    summary: 'Compare the trial balance before and after an import',
    description:
      'Account by account, without and with what the import posted; of one that has posted nothing, with what its check says that it would.',
    request: {
      params: companyParams.extend({ importId: Id }),
      query: z.strictObject({
        asOf: Day.optional().meta({ description: 'At the end of this day; without it, of all days.' }),
      }),
    },
    responses: { 200: json(ImportTrialBalance, 'The comparison.') },
  }),
  async (c) => {
    const { asOf } = c.req.valid('query')
    const id = BigInt(c.req.valid('param').importId)
    const day = asOf === undefined ? null : accountingDate(asOf)
    const compared = await readCompany(c.var.workplace.database, c.var.companyId, (tx) =>
      importTrialBalance(tx, id, day),
    )
    return c.json(compared, 200)
  },
)
