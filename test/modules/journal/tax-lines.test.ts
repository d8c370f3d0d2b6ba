import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCompanyAsOwner, type Tx } from '../../../src/kernel/database.ts'
import { foldBalances } from '../../../src/ledger/fold-balances.ts'
import { sealEntries } from '../../../src/ledger/seal.ts'
import {
  dueRecurring,
  fillTemplates,
  type Journal,
  type JournalLine,
  postDrafts,
  postDueDay,
  postJournals,
  readDrafts,
  refusableJournals,
  reverseJournals,
  saveDrafts,
  saveTemplates,
  startRecurring,
  type TemplateDefinition,
} from '../../../src/modules/journal/index.ts'
import { listTaxCodes, replaceTaxCodes } from '../../../src/modules/tax/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { taxSummary } from '../../../src/reports/tax-summary.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const refused = (code: string) => expect.objectContaining({ code })
const standard = { taxCode: 'standard' }
const sale = (taxMinor: bigint, baseMinor: bigint, more: Partial<JournalLine> = {}): JournalLine[] => [
  { role: 'output_tax', amountMinor: -taxMinor, ...standard, taxBaseMinor: baseMinor, ...more },
  { role: 'bank', amountMinor: taxMinor },
]
const post = (reference: string, lines: JournalLine[], date = '2024-03-15') =>
  shop.work((tx) => postJournals(tx, [{ reference, date: day(date), lines }]))
const linesOf = (entryId: bigint | undefined) =>
  shop.look<object>(
    `select l.amount_minor as amount, t.code, l.tax_authority as authority, l.tax_point as point, l.tax_base_minor as base
       from journal_line l left join tax_code t on t.company_id = l.company_id and t.id = l.tax_code_id
       where l.entry_id = ${entryId} and (l.tax_code_id is not null or l.tax_base_minor is not null) order by l.line_no`,
  )

/** What the tax summary has in a month, by side and code. */
const summaryOf = async (from: string, to: string): Promise<Record<string, string>> => {
  const { rows } = await shop.work((tx) => taxSummary(tx, { from: day(from), to: day(to) }))
  return Object.fromEntries(
    rows
      .filter(({ net, tax }) => net.amount !== '0.00' || tax.amount !== '0.00')
      .map(({ side, code, net, tax }) => [`${side} ${code}`, `${net.amount} ${tax.amount}`]),
  )
}

/** Seals and folds as a day's end does, so that the summary is read from what is stored. */
const fold = () =>
  inCompanyAsOwner(shop.database, shop.companyId, async (tx) => {
    await sealEntries(tx)
    await foldBalances(tx)
  })

const failing = async (): Promise<unknown[]> => {
  await fold()
  const { checks } = await shop.work((tx) => runChecks(tx))
  return checks.filter(({ result }) => result === 'broken')
}

test('a tax line keeps its code, authority, tax point and base, counts in the month of its day, and its reversal takes it back', async () => {
  const [posted] = await post('sale by hand', [
    { account: '7100', amountMinor: -10000n, ...standard },
    ...sale(2000n, 10000n),
    { role: 'bank', amountMinor: 10000n },
  ])
  expect(await linesOf(posted?.entryId)).toEqual([
    { amount: -10000n, code: 'standard', authority: null, point: null, base: null },
    { amount: -2000n, code: 'standard', authority: 'HMRC', point: '2024-03-15', base: 10000n },
  ])
  expect(await summaryOf('2024-03-01', '2024-03-31')).toEqual({ 'output_tax standard': '100.00 20.00' })
  expect(await summaryOf('2024-04-01', '2024-04-30')).toEqual({})
  const [reversal] = await shop.work((tx) =>
    reverseJournals(tx, [{ reference: 'sale by hand', date: day('2024-04-02') }]),
  )
  expect((await linesOf(reversal?.entryId))[1]).toEqual({
    amount: 2000n,
    code: 'standard',
    authority: 'HMRC',
    point: '2024-03-15',
    base: -10000n,
  })
  expect(await summaryOf('2024-04-01', '2024-04-30')).toEqual({ 'output_tax standard': '-100.00 -20.00' })
  expect(await summaryOf('2024-03-01', '2024-04-30')).toEqual({})
  expect(await failing()).toEqual([])
})

test('the same again finds the entry, and another code or base under its reference is refused', async () => {
  const [first] = await post('once', sale(200n, 1000n), '2024-05-01')
  expect(await post('once', sale(200n, 1000n), '2024-05-01')).toEqual([{ ...first, existing: true }])
  for (const change of [{ taxBaseMinor: 999n }, { taxCode: 'zero' }])
    await expect(post('once', sale(200n, 1000n, change), '2024-05-01')).rejects.toEqual(
      refused('fact_posted_differently'),
    )
})

test('tax that no return could take is refused in words of its own, and told before anything is posted', async () => {
  await inCompanyAsOwner(shop.database, shop.companyId, (tx) =>
    replaceTaxCodes(tx, [
      {
        code: 'later',
        name: 'From May',
        kind: 'standard',
        authority: 'HMRC',
        rates: [{ from: '2024-05-01', rate: '0.2' }],
      },
    ]),
  )
  const input = (amountMinor: bigint, taxBaseMinor: bigint): JournalLine[] => [
    { role: 'input_tax', amountMinor, ...standard, taxBaseMinor },
    { role: 'bank', amountMinor: -amountMinor },
  ]
  const wrong: [JournalLine[], string][] = [
    [sale(200n, 1000n, { taxCode: 'nothing' }), 'tax_code_unknown'],
    [sale(200n, 1000n, { taxCode: 'later' }), 'tax_code_unknown'],
    [sale(200n, 1000n, { taxCode: 'outside-scope' }), 'tax_code_not_declared'],
    [sale(200n, 1000n, { taxBaseMinor: undefined }), 'tax_base_missing'],
    [sale(200n, 1000n, { taxCode: undefined }), 'input_invalid'],
    [sale(200n, 1000n, { role: 'sales' }), 'tax_base_needs_tax_account'],
    [sale(200n, -1000n), 'tax_base_sign'],
    [sale(-200n, 1000n), 'tax_base_sign'],
    [sale(200n, -1000n, { role: 'output_tax_pending' }), 'tax_base_sign'],
    [input(200n, -1000n), 'tax_base_sign'],
    [input(-200n, 1000n), 'tax_base_sign'],
  ]
  for (const [lines, code] of wrong) {
    await expect(post('wrong', lines), code).rejects.toEqual(refused(code))
    const asked = [{ reference: 'wrong', date: day('2024-03-15'), lines }]
    expect(await shop.work((tx) => refusableJournals(tx, asked)), code).toEqual([refused(code)])
  }
  const [later] = await post('later', sale(200n, 1000n, { taxCode: 'later' }), '2024-05-01')
  expect(later?.existing).toBe(false)
})

test('a draft keeps tax, and a number that looks like one of ours stays text', async () => {
  const draft: Journal = {
    reference: 'kept',
    date: day('2024-06-15'),
    lines: [...sale(200n, 1000n), { account: '5n', amountMinor: 1n, documentNumber: '12n' }],
  }
  await shop.work((tx) => saveDrafts(tx, [draft], 'someone'))
  const [kept] = await shop.work((tx) => readDrafts(tx, ['kept']))
  expect(kept?.journal?.lines).toEqual(draft.lines)
  await shop.work((tx) => saveDrafts(tx, [{ ...draft, lines: sale(200n, 1000n) }], 'someone', { replaces: true }))
  await shop.work((tx) => postDrafts(tx, ['kept'], 'someone'))
  expect(await summaryOf('2024-06-01', '2024-06-30')).toEqual({ 'output_tax standard': '10.00 2.00' })
})

const rent: TemplateDefinition = {
  description: 'Rent {month}',
  parameters: [{ name: 'net', kind: 'amount', label: 'Rent' }],
  lines: [
    { account: '7100', side: 'debit', amount: 'net' },
    { role: 'input_tax', side: 'debit', amount: 'net', percent: '20', taxCode: 'standard', taxBase: 'net' },
    { role: 'bank', side: 'credit', rest: true },
  ],
}

test('a template says the code and what was taxed, and a recurring journal posts it month by month', async () => {
  const save = (definition: TemplateDefinition) =>
    shop.work((tx) => saveTemplates(tx, [{ name: 'rent', title: 'Rent', definition }], 'someone'))
  await save(rent)
  const fill = async (definition: TemplateDefinition, net: string) => {
    await save(definition)
    const asked = { template: 'rent', reference: 'r', date: day('2024-07-31'), parameters: { net } }
    return (await shop.work((tx) => fillTemplates(tx, [asked])))[0]?.lines
  }
  const tax = (line: object) =>
    ({ ...rent, lines: [rent.lines[0], { ...rent.lines[1], ...line }, rent.lines[2]] }) as TemplateDefinition
  expect((await fill(rent, '100.03'))?.[1]).toMatchObject({
    amountMinor: 2001n,
    taxCode: 'standard',
    taxBaseMinor: 10003n,
  })
  // The side of the line says which sign its base takes, whether the account is named by its role or its code.
  const signs: [object, bigint][] = [
    [{ side: 'credit' }, -10000n],
    [{ side: 'credit', role: 'output_tax' }, 10000n],
    [{ side: 'debit', role: undefined, account: '2200' }, -10000n],
    [{ side: 'debit', role: undefined, account: '2201' }, 10000n],
  ]
  for (const [change, base] of signs)
    expect((await fill(tax(change), '100.00'))?.[1]?.taxBaseMinor, JSON.stringify(change)).toBe(base)
  for (const change of [{ taxBase: 'nothing' }, { taxCode: undefined }])
    await expect(save(tax(change))).rejects.toEqual(refused('template_invalid'))
  await save(rent)
  const monthly = { every: 'month', dayOfMonth: null, startsOn: day('2024-07-01'), endsOn: day('2024-08-31') } as const
  await shop.work((tx) =>
    startRecurring(tx, [{ name: 'rent', template: 'rent', parameters: { net: '100.00' }, ...monthly }], 'someone'),
  )
  const dueNow = () => shop.work((tx) => dueRecurring(tx, day('2024-12-31')))
  for (let due = await dueNow(); due.length > 0; due = await dueNow())
    for (const one of due) await shop.work((tx) => postDueDay(tx, one, 'server'))
  expect(await summaryOf('2024-07-01', '2024-07-31')).toEqual({ 'input_tax standard': '100.00 20.00' })
  expect(await summaryOf('2024-07-01', '2024-08-31')).toEqual({ 'input_tax standard': '200.00 40.00' })
})

test('however many journals name tax, they cost the same statements', async () => {
  const counted = (count: number) =>
    shop.work(async (tx) => {
      let statements = 0
      const counting: Tx = Object.create(tx, {
        query: {
          value: (...words: Parameters<Tx['query']>) => {
            statements += 1
            return tx.query(...words)
          },
        },
      })
      const journals = Array.from({ length: count }, (_, index) => ({
        reference: `many ${count} ${index}`,
        date: day('2024-09-01'),
        lines: sale(200n, 1000n),
      }))
      await postJournals(counting, journals)
      return statements
    })
  expect(await counted(60)).toBe(await counted(2))
})

const sides = ['output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending'] as const

/** A tax line whose base has the sign that its side wants. */
const taxLine = (codes: readonly string[]) =>
  fc
    .record({
      role: fc.constantFrom(...sides),
      taxCode: fc.constantFrom(...codes),
      base: fc.bigInt({ min: 0n, max: 10n ** 9n }),
      tax: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      credited: fc.boolean(),
    })
    .map(({ role, taxCode, base, tax, credited }): JournalLine => {
      const sign = credited ? -1n : 1n
      return { role, taxCode, amountMinor: (role.startsWith('output') ? -tax : tax) * sign, taxBaseMinor: base * sign }
    })

const mirrored = (line: JournalLine): JournalLine => ({
  ...line,
  amountMinor: -line.amountMinor,
  taxBaseMinor: -(line.taxBaseMinor as bigint),
})

/** Journals of these tax lines, balanced by the bank. */
const journalsOf = (name: string, date: string, all: readonly (readonly JournalLine[])[]): Journal[] =>
  all.map((lines, index) => {
    const rest = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 1n)
    const balancing: JournalLine[] = rest === 0n ? [] : [{ role: 'bank', amountMinor: -rest }]
    const rent: JournalLine = { account: '7100', amountMinor: 1n }
    return { reference: `${name} ${date} ${index}`, date: day(date), lines: [...lines, rent, ...balancing] }
  })

const written = (minor: bigint): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What a summary of the lines would have, summed one by one. */
function sumsOf(lines: readonly JournalLine[]): Record<string, string> {
  const sums = new Map<string, [bigint, bigint]>()
  for (const { role, taxCode, amountMinor, taxBaseMinor } of lines) {
    const [net, tax] = sums.get(`${role} ${taxCode}`) ?? [0n, 0n]
    const ours = role?.startsWith('output') ? -amountMinor : amountMinor
    sums.set(`${role} ${taxCode}`, [net + (taxBaseMinor as bigint), tax + ours])
  }
  const moved = [...sums].filter(([, [net, tax]]) => net !== 0n || tax !== 0n)
  return Object.fromEntries(moved.map(([key, [net, tax]]) => [key, `${written(net)} ${written(tax)}`]))
}

test('the summary is the sum of the lines, opposite lines leave nothing, and reversals bring it back, folded or not', {
  timeout: 120_000,
}, async () => {
  const known = await shop.work(listTaxCodes)
  const declared = known.filter(
    ({ code, authority, rates }) => authority !== null && rates.length > 0 && code !== 'later',
  )
  const some = fc.array(fc.array(taxLine(declared.map(({ code }) => code)), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  })
  let run = 0
  const property = fc.asyncProperty(some, fc.boolean(), async (all, folded) => {
    run += 1
    // A day of its own, so that nothing else is in it.
    const date = `${2030 + run}-05-05`
    const journals = journalsOf('property', date, all)
    const mirrors = journalsOf(
      'mirror',
      date,
      all.map((lines) => lines.map(mirrored)),
    )
    await shop.work((tx) => postJournals(tx, journals))
    if (folded) await fold()
    expect(await summaryOf(date, date)).toEqual(sumsOf(all.flat()))
    await shop.work((tx) => postJournals(tx, mirrors))
    expect(await summaryOf(date, date)).toEqual({})
    const referencesOf = (some: readonly Journal[]) => some.map(({ reference }) => ({ reference }))
    await shop.work((tx) => reverseJournals(tx, referencesOf(mirrors)))
    expect(await summaryOf(date, date)).toEqual(sumsOf(all.flat()))
    if (folded) await fold()
    await shop.work((tx) => reverseJournals(tx, referencesOf(journals)))
    expect(await summaryOf(date, date)).toEqual({})
  })
  await fc.assert(property, { numRuns: 15 })
  expect(await failing()).toEqual([])
})
