import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import { readCompany } from '../../src/kernel/database.ts'
import { postJournals } from '../../src/modules/journal/index.ts'
import { findOrAddParties } from '../../src/modules/parties/index.ts'
import { type ExportFormat, exportFormats, exportJournal } from '../../src/reports/export/index.ts'
import { day } from '../support/shop.ts'
import { expectSound, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

/* Books with balances that follow payments, cards and customers, through their own export and back. */
let desk: ImportDesk
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(() => desk.close())

const newCompany = (): Promise<ImportingCompany> => desk.company({ chart: 'generic' })
const endingOf = { hledger: 'journal', beancount: 'beancount', csv: 'csv' } as const

async function exported(company: ImportingCompany, format: ExportFormat): Promise<{ path: string; text: string }> {
  const text = await readCompany(desk.database, company.id, async (tx) => {
    let all = ''
    for await (const chunk of exportJournal[format](tx)) all += chunk
    return all
  })
  return { text, path: desk.files.write(text, `books-of-${company.id}.${endingOf[format]}`) }
}

const trialBalance = (company: ImportingCompany): Promise<{ code: string; sum: bigint }[]> =>
  company.look(
    `select a.code, sum(l.amount_minor)::bigint as sum from journal_line l
       join account a on a.company_id = l.company_id and a.id = l.account_id group by 1 having sum(l.amount_minor) <> 0 order by 1`,
  )

describe('books with deposits and gift cards', () => {
  const order = (number: number, about: object): string =>
    JSON.stringify({
      order: `O-${number}`,
      currency: 'GBP',
      ordered_on: '2026-01-05',
      customer: `C-${number}`,
      lines: [{ item: 'I-1', quantity: '1', unit_price: '10.00', tax_code: 'standard' }],
      ...about,
    })
  let source: ImportingCompany
  beforeAll(async () => {
    source = await newCompany()
    const paid = (on: string, amount: string, reference: string) => [{ method: 'card', reference, paid_on: on, amount }]
    const orders = [
      order(1, { invoiced_on: null, payments: paid('2026-01-05', '12.00', 'ch_1') }),
      order(2, {
        invoiced_on: '2026-01-08',
        gift_cards: [{ card: 'G-1', amount: '6.00' }],
        payments: paid('2026-01-08', '18.00', 'ch_2'),
      }),
    ]
    const done = await source.importAs('orders', [desk.files.write(orders.join('\n'), 'orders.jsonl')])
    expect(done.exceptions.rows).toEqual([])
    expect(await source.balances()).toMatchObject({ gift_card_liability: -600n })
    expect(Object.keys(await source.balances())).toContain('customer_deposits')
  })

  test.each(exportFormats)(
    'are refused as %s, with the place and what to do, and nothing is written',
    async (format) => {
      const { path, text } = await exported(source, format)
      const target = await newCompany()
      const fresh = await target.rowCounts()
      const error = (await target.importAs('journal', [path]).catch((reason: unknown) => reason)) as BadInput
      expect(error).toBeInstanceOf(BadInput)
      expect(text.split('\n')[error.line - 1]).toContain('2100')
      expect(error.message).toBe(
        `${path}:${error.line}:${error.column}: account 2100 Customer deposits, which follows payments, gift cards or items; expected another account, made for what the earlier books held there`,
      )
      expect(await target.rowCounts()).toEqual(fresh)
    },
  )

  test.each(exportFormats)('come back as %s where those balances have accounts of their own', async (format) => {
    const { path, text } = await exported(source, format)
    const nameOf = (code: string): string =>
      format === 'csv' ? code : (new RegExp(`\\S*${code}-[^\\s;]*`).exec(text)?.[0] as string)
    const map = desk.files.write(
      `legacy_account,account,name,class
${nameOf('2100')},2101,Deposits of the earlier books,liability
${nameOf('2130')},2131,Gift cards of the earlier books,liability
`,
      'accounts.csv',
    )
    const target = await newCompany()
    const { documents } = await target.importAs('journal', [map, path])
    const [count] = await source.look<{ entries: number }>('select count(*)::int as entries from journal_entry')
    expect(documents).toEqual({ created: count?.entries, existing: 0, refused: 0 })
    const renamed = (await trialBalance(source)).map(({ code, sum }) => ({
      code: { '2100': '2101', '2130': '2131' }[code] ?? code,
      sum,
    }))
    expect(await trialBalance(target)).toEqual(renamed)
    await expectSound(target)
    const again = await target.importAs('journal', [map, path])
    expect(again.documents).toEqual({ created: 0, existing: count?.entries, refused: 0 })
  })
})

describe('books with store credit', () => {
  test.each(exportFormats)('come back as %s, with what each customer has', async (format) => {
    const source = await newCompany()
    await source.work(async (tx) => {
      const parties = await findOrAddParties(
        tx,
        'customer',
        ['Anna', 'Ben'].map((name) => ({ kind: 'customer', number: name, name })),
      )
      const idOf = (name: string) => parties.get(name)?.id as bigint
      const line = (account: string, amountMinor: bigint, partyId: bigint | null = null) => ({
        account,
        amountMinor,
        partyId,
      })
      await postJournals(tx, [
        {
          reference: 'given',
          date: day('2026-01-05'),
          lines: [line('6400', 5000n), line('2140', -5000n, idOf('Anna'))],
        },
        { reference: 'more', date: day('2026-01-06'), lines: [line('6400', 700n), line('2140', -700n, idOf('Ben'))] },
        {
          reference: 'sold',
          date: day('2026-01-07'),
          lines: [line('1200', 2000n, idOf('Anna')), line('4000', -2000n)],
        },
        {
          reference: 'used',
          date: day('2026-01-08'),
          lines: [line('2140', 2000n, idOf('Anna')), line('1200', -2000n, idOf('Anna'))],
        },
      ])
    })
    const creditOf = (company: ImportingCompany): Promise<object[]> =>
      company.look(
        `select p.number, m.kind, m.amount_minor from store_credit_movement m join party p on p.company_id = m.company_id and p.id = m.party_id
           order by m.moved_on, p.number`,
      )
    const { path } = await exported(source, format)
    const target = await newCompany()
    const { documents } = await target.importAs('journal', [path])
    expect(documents).toEqual({ created: 4, existing: 0, refused: 0 })
    expect(await trialBalance(target)).toEqual(await trialBalance(source))
    expect(await creditOf(target)).toEqual(await creditOf(source))
    expect(await creditOf(target)).toHaveLength(3)
    await expectSound(target)
  })
})
