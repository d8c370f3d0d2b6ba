import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import type { Tx } from '../../src/kernel/database.ts'
import { appendEntries } from '../../src/ledger/append-entries.ts'
import type { Entry } from '../../src/ledger/journal.ts'
import { append, type Books, createCompany, line, look, openBooks, sale, work } from '../support/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

const refusal = (code: string) => expect.objectContaining({ code })

type RawLine = { no?: number; amount?: number; currency?: string; currencyAmount?: number; on?: string }

/** Writes past the ledger's code, as anyone with the application's rights could. */
async function insertEntry(tx: Tx, lineCount: number, day = '2024-03-15'): Promise<bigint> {
  const [row] = await tx.query<{ id: bigint }>(
    `insert into journal_entry (company_id, posted_on, effective_on, rule, source_kind, source_id, line_count)
       values ($1, $2, $2, 'raw', 'raw', gen_random_uuid()::text, $3) returning id`,
    [tx.companyId, day, lineCount],
  )
  return row?.id ?? 0n
}

async function insertLines(tx: Tx, entryId: bigint, lines: RawLine[], accountId = books.accounts[0]): Promise<void> {
  const values = lines.map(
    ({ no, amount = 0, currency = 'GBP', currencyAmount = amount, on = '2024-03-15' }, index) =>
      `(${tx.companyId}, ${entryId}, ${no ?? index + 1}, ${accountId}, '${on}', ${amount}, '${currency}', ${currencyAmount})`,
  )
  await tx.query(
    `insert into journal_line (company_id, entry_id, line_no, account_id, posted_on, amount_minor, currency, currency_amount_minor)
       values ${values.join(', ')}`,
  )
}

const raw = (declared: number, lines: RawLine[]) =>
  work(books, async (tx) => {
    await insertLines(tx, await insertEntry(tx, declared), lines)
  })

describe('an entry balances', () => {
  test('in the base currency', async () => {
    await raw(2, [{ amount: 100 }, { amount: -100 }])
    await expect(raw(2, [{ amount: 100 }, { amount: -99 }])).rejects.toEqual(refusal('entry_not_balanced'))
  })

  test('in the base currency, though the other currency of its lines balances', async () => {
    await expect(
      raw(2, [
        { amount: 100, currency: 'EUR', currencyAmount: 120 },
        { amount: -99, currency: 'EUR', currencyAmount: -120 },
      ]),
    ).rejects.toEqual(refusal('entry_not_balanced'))
  })

  test('in each currency of its lines, though the base currency balances', async () => {
    const euros = { currency: 'EUR', currencyAmount: 120 }
    await expect(raw(2, [{ amount: 100, ...euros }, { amount: -100 }])).rejects.toEqual(refusal('entry_not_balanced'))
    // Two wrong currencies must not hide each other.
    await expect(
      raw(2, [
        { amount: 100, currency: 'EUR', currencyAmount: 120 },
        { amount: -100, currency: 'USD', currencyAmount: -120 },
      ]),
    ).rejects.toEqual(refusal('entry_not_balanced'))
    await raw(3, [
      { amount: 100, ...euros },
      { amount: -90, currency: 'EUR', currencyAmount: -120 },
      { amount: -10, currency: 'EUR', currencyAmount: 0 },
    ])
  })

  test('whichever entry of a batch is wrong', async () => {
    const good = sale(books, 'batch-good')
    const wrong: Entry = {
      ...sale(books, 'batch-wrong'),
      lines: [line(books.accounts[0], 1n), line(books.accounts[1], 1n)],
    }
    await expect(append(books, [good, wrong])).rejects.toEqual(refusal('entry_not_balanced'))
    expect(await look(books, `select from journal_entry where source_id like 'batch-%'`)).toEqual([])
  })
})

describe('an entry is whole', () => {
  const whole = refusal('entry_not_whole')

  test('two lines at the least', async () => {
    await expect(raw(1, [{ amount: 1 }])).rejects.toEqual(refusal('entry_too_short'))
  })

  test('as many lines as declared', async () => {
    await expect(raw(3, [{ amount: 1 }, { amount: -1 }])).rejects.toEqual(whole)
    await expect(raw(2, [{ amount: 1 }, { amount: -2 }, { amount: 1 }])).rejects.toEqual(whole)
  })

  test('numbered from one without a gap', async () => {
    await expect(
      raw(2, [
        { no: 0, amount: 1 },
        { no: 1, amount: -1 },
      ]),
    ).rejects.toEqual(whole)
    await expect(
      raw(2, [
        { no: 1, amount: 1 },
        { no: 3, amount: -1 },
      ]),
    ).rejects.toEqual(whole)
  })

  test('its lines lie on its own day', async () => {
    await expect(raw(2, [{ amount: 1 }, { amount: -1, on: '2024-03-16' }])).rejects.toEqual(whole)
  })

  test('its lines come in one statement', async () => {
    const inTwo = work(books, async (tx) => {
      const id = await insertEntry(tx, 4)
      await insertLines(tx, id, [{ amount: 1 }, { amount: -1 }])
      await insertLines(tx, id, [
        { no: 3, amount: 1 },
        { no: 4, amount: -1 },
      ])
    })
    await expect(inTwo).rejects.toEqual(whole)
  })

  test('balanced lines cannot join it later, in its own transaction or after', async () => {
    const late = [
      { no: 3, amount: 5 },
      { no: 4, amount: -5 },
    ]
    const posted = await append(books, [sale(books, 'late')])
    const entryId = posted[0]?.entryId ?? 0n
    await expect(work(books, (tx) => insertLines(tx, entryId, late))).rejects.toEqual(whole)
    const sameTransaction = work(books, async (tx) => {
      const [fresh] = await appendEntries(tx, [sale(books, 'late-too')])
      await insertLines(tx, fresh?.entryId ?? 0n, late)
    })
    await expect(sameTransaction).rejects.toEqual(whole)
  })

  test('it cannot be committed without lines', async () => {
    await expect(work(books, (tx) => insertEntry(tx, 2))).rejects.toEqual(whole)
  })

  test('lines need an entry of their own company', async () => {
    const other = await createCompany(books.database)
    const posted = await append(books, [sale(books, 'of-another')])
    const crossing = work({ ...books, companyId: other.companyId }, (tx) =>
      insertLines(tx, posted[0]?.entryId ?? 0n, [{ amount: 1 }, { amount: -1 }], other.accounts[0]),
    )
    await expect(crossing).rejects.toThrow('journal_line_company_id_entry_id_fkey')
  })

  test('lines need an account of their own company', async () => {
    const other = await createCompany(books.database)
    const crossing = append(books, [
      { ...sale(books, 'account-of-another'), lines: [line(books.accounts[0], 1n), line(other.accounts[0], -1n)] },
    ])
    await expect(crossing).rejects.toThrow('journal_line_company_id_account_id_fkey')
  })
})

test('a line moves something', async () => {
  await expect(raw(3, [{ amount: 1 }, { amount: -1 }, { amount: 0 }])).rejects.toEqual(refusal('line_is_zero'))
})

describe('posting', () => {
  test('an empty list does nothing', async () => {
    expect(await append(books, [])).toEqual([])
  })

  test('answers in the order asked', async () => {
    const days = ['2024-05-03', '2024-05-01', '2024-05-02']
    const posted = await append(
      books,
      days.map((day, index) => sale(books, `order-${9 - index}`, day)),
    )
    expect(posted.map((one) => one.postedOn)).toEqual(days)
    for (const [index, { entryId }] of posted.entries()) {
      const found = await look(books, 'select source_id from journal_entry where id = $1', [entryId])
      expect(found).toEqual([{ source_id: `order-${9 - index}` }])
    }
  })

  test('keeps every dimension of a line', async () => {
    const detail = {
      mappingRuleId: 1n,
      partyId: 2n,
      itemId: 3n,
      documentId: 4n,
      documentLineNo: 5,
      orderId: 6n,
      channelId: 7n,
      locationId: 8n,
      giftCardId: 9n,
      processorReference: 'a "b", {c} \\ NULL',
      taxCodeId: 10n,
      taxAuthority: 'null',
      taxPoint: accountingDate('2024-03-01'),
      taxBaseMinor: 11n,
    }
    const lines = [line(books.accounts[0], 7n, detail), line(books.accounts[1], -7n)]
    const [posted] = await append(books, [{ ...sale(books, 'dimensions'), lines }])
    const [stored, bare] = await look<Record<string, unknown>>(
      books,
      `select mapping_rule_id as "mappingRuleId", party_id as "partyId", item_id as "itemId", document_id as "documentId",
          document_line_no as "documentLineNo", order_id as "orderId", channel_id as "channelId", location_id as "locationId",
          gift_card_id as "giftCardId", processor_reference as "processorReference", tax_code_id as "taxCodeId",
          tax_authority as "taxAuthority", tax_point as "taxPoint", tax_base_minor as "taxBaseMinor"
        from journal_line where entry_id = $1 order by line_no`,
      [posted?.entryId],
    )
    expect(stored).toEqual(detail)
    expect(new Set(Object.values(bare ?? {}))).toEqual(new Set([null]))
  })
})

describe('an ended account', () => {
  test('takes nothing after its last day', async () => {
    await look(books, `update account set ended_on = '2024-06-30' where company_id = $1 and code = '5000'`, [
      books.companyId,
    ])
    const on = (day: string): Entry => ({
      ...sale(books, `ended-${day}`, day),
      lines: [line(books.accounts[4], 1n), line(books.accounts[0], -1n)],
    })
    await append(books, [on('2024-06-30')])
    await expect(append(books, [on('2024-07-01')])).rejects.toEqual(refusal('account_ended'))
  })
})
