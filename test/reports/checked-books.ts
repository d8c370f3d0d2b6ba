import { expect } from 'vitest'
import { applyItems, lockItemsOf, openItems } from '../../src/modules/receivables/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { type Books, day, entry, issue, openBooks, postEntries } from './support.ts'

/** Books in which every check that can has something to compare, and the ids of what a test breaks in them. */
export type CheckedBooks = Books & {
  w1: bigint
  c1: bigint
  anna: bigint
  supplier: bigint
  capture: bigint
  refund: bigint
}

/** An invoice partly credited, one paid at once, a gift card, a supplier, and a prepayment partly refunded. */
export async function checkedBooks(): Promise<CheckedBooks> {
  const books = await openBooks()
  const [w1, c1] = await issueDocuments(books)
  const parties = await saveParties(books)
  await postEntries(
    books,
    entry(books, '2011-01-08', [
      ['1001', 50_00n],
      ['2100', -50_00n, { partyId: parties.supplier }],
    ]),
    entry(books, '2011-01-09', [
      ['1240', 12_00n],
      ['2120', -12_00n, { partyId: parties.anna }],
    ]),
  )
  await billPotter(books, parties.supplier)
  const payments = await savePayments(books, parties.anna)
  await linkCredit(books, w1, c1)
  await books.fold()
  await books.seal()
  return { ...books, w1, c1, ...parties, ...payments }
}

async function issueDocuments(books: Books): Promise<[w1: bigint, c1: bigint]> {
  const mugs = (net: bigint, quantity: string) => ({ net, item: 'MUG', quantity })
  const card = { net: 25_00n, role: 'gift_card_liability', giftCard: 'G1' } as const
  const [w1, c1] = await issue(
    books,
    { number: 'W1', on: '2011-01-05', tax: 20_00n, lines: [mugs(100_00n, '10'), card] },
    { number: 'C1', kind: 'credit_note', on: '2011-01-06', tax: -4_00n, lines: [mugs(-20_00n, '-2')] },
    { number: 'W2', on: '2011-01-07', customer: null, settlement: 'paid', lines: [mugs(9_00n, '1')] },
    {
      number: 'F1',
      kind: 'free_items',
      on: '2011-01-07',
      settlement: 'none',
      lines: [{ ...mugs(0n, '1'), role: null }],
    },
  )
  return [w1 as bigint, c1 as bigint]
}

async function idOf(books: Books, statement: string, ...values: unknown[]): Promise<bigint> {
  const rows = await books.owner((tx) => tx.query<{ id: bigint }>(statement, [tx.companyId, ...values]))
  return rows[0]?.id as bigint
}

const saveParties = async (books: Books) => ({
  supplier: await idOf(
    books,
    `insert into party (company_id, kind, number, name) values ($1, 'supplier', 'S1', 'Potter') returning id`,
  ),
  anna: await idOf(books, `select id from party where company_id = $1 and number = 'Anna'`),
})

/** What the entry above left owed to the supplier. */
const billPotter = (books: Books, partyId: bigint): Promise<unknown> =>
  books.write((tx) => {
    const on = day('2011-01-08')
    const about = { sourceKind: 'journal_line', sourceId: 'bill', openedOn: on, dueOn: on, currency: 'GBP' }
    return openItems(tx, [{ ...about, ledger: 'payable', partyId, amountMinor: -50_00n }])
  })

/** A capture of 12.00 that waits as a deposit, 2.00 of it refunded; each has an entry of its own. */
async function savePayments(books: Books, anna: bigint): Promise<{ capture: bigint; refund: bigint }> {
  const capture = await idOf(
    books,
    `insert into payment (company_id, kind, source, reference, method, party_id, paid_on, currency, amount_minor, refunded_minor)
       values ($1, 'capture', 'test', 'P1', 'card', $2, '2011-01-09', 'GBP', 1200, 200) returning id`,
    anna,
  )
  const refund = await idOf(
    books,
    `insert into payment (company_id, kind, source, reference, method, party_id, paid_on, currency, amount_minor, refunds_payment_id)
       values ($1, 'refund', 'test', 'R1', 'card', $2, '2011-01-09', 'GBP', 200, $3) returning id`,
    anna,
    capture,
  )
  await idOf(
    books,
    `insert into deposit (company_id, payment_id, party_id, currency, net_minor, tax_minor, base_net_minor, base_tax_minor)
       values ($1, $2, $3, 'GBP', 1200, 0, 1200, 0) returning id`,
    capture,
    anna,
  )
  const entryOf = (id: bigint, amountMinor: bigint) =>
    entry(
      books,
      '2011-01-09',
      [
        ['1240', amountMinor],
        ['1241', -amountMinor],
      ],
      { source: { kind: 'payment', id: String(id) } },
    )
  await postEntries(books, entryOf(capture, 1200n), entryOf(refund, -200n))
  return { capture, refund }
}

/** The credit note takes two mugs of the invoice, and its gross is settled against it. */
const linkCredit = (books: Books, w1: bigint, c1: bigint): Promise<void> =>
  books.write(async (tx) => {
    await tx.query(
      `insert into sales_line_link (company_id, credit_document_id, credit_line_no, invoice_document_id, invoice_line_no, quantity)
         values ($1, $2, 1, $3, 1, 2)`,
      [tx.companyId, c1, w1],
    )
    await tx.query(
      `update sales_document_line set credited_quantity = case document_id when $2 then 2 else -2 end
         where company_id = $1 and document_id in ($2, $3) and line_no = 1`,
      [tx.companyId, w1, c1],
    )
    const sources = [w1, c1].map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) }))
    const items = [...(await lockItemsOf(tx, sources)).values()]
    const [debit, credit] = items.sort((a, b) => (a.amountMinor < b.amountMinor ? 1 : -1))
    const settled = { debitItemId: debit?.id as bigint, creditItemId: credit?.id as bigint }
    await applyItems(tx, [{ ...settled, appliedOn: day('2011-01-06'), amountMinor: 24_00n }])
  })

type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * Runs every check on books broken by `statements`, with every trigger and key off, takes the damage back, and returns the checks that are
 * broken with the rows that they name.
 */
export async function brokenBy(books: Books, ...statements: string[]): Promise<Record<string, Rows>> {
  const undo = new Error('take it back')
  let broken: Record<string, Rows> = {}
  const work = books.owner(async (tx) => {
    await tx.query('set local session_replication_role = replica')
    for (const statement of statements) await tx.query(statement)
    const { ok, checks } = await runChecks(tx)
    broken = Object.fromEntries(checks.filter(({ result }) => result === 'broken').map((c) => [c.name, c.rows]))
    expect(ok).toBe(Object.keys(broken).length === 0)
    throw undo
  })
  await expect(work).rejects.toBe(undo)
  return broken
}

export const gbp = (amount: string) => ({ amount, currency: 'GBP' })

/** One row that says `what`, with more of what it must say. */
export const said = (what: string, more: object = {}) => [expect.objectContaining({ what, ...more })]
