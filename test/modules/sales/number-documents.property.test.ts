import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOrAddItems } from '../../../src/modules/catalog/index.ts'
import { issueCreditNotes, issueInvoices, numberDocuments } from '../../../src/modules/sales/index.ts'
import { runChecks } from '../../../src/reports/checks/index.ts'
import { day, openShop, type Shop, whileHeld } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
})
afterAll(() => shop.close())

const anna = { number: 'Anna', name: 'Anna' }
const lines = [{ itemCode: 'MUG', quantity: '1', unitPrice: '10' }]
type Numbered = { number?: string | undefined }

/** Issues invoices, those without a number under the next ones; returns all numbers. */
const issue = (numbers: readonly (string | undefined)[]): Promise<string[]> =>
  shop.work(async (tx) => {
    const asked = numbers.map((number): Numbered => ({ number }))
    const requests = await numberDocuments(tx, 'invoice', asked)
    await issueInvoices(
      tx,
      requests.map(({ number }) => ({ number, on: day('2024-03-01'), customer: anna, lines })),
    )
    return requests.map(({ number }) => number)
  })
const placeOf = (number: string): number => Number(number.replace('INV-', ''))
const brokenNumbers = async () => (await shop.work(runChecks)).checks.find(({ name }) => name === 'numbers-gapless')

describe('numberDocuments', () => {
  it('begins at one, and goes on from what is numbered in the usual form already', async () => {
    expect(await issue([undefined, 'A-7', undefined])).toEqual(['INV-1', 'A-7', 'INV-2'])
    const other = await openShop()
    await other.work((tx) => findOrAddItems(tx, [{ code: 'MUG', name: 'Mug' }]))
    const told = ['INV-0041', 'INV-9b', 'inv-88', 'INV-'].map((number) => ({
      ...{ number, on: day('2024-03-01'), customer: anna, lines },
    }))
    await other.work((tx) => issueInvoices(tx, told))
    const next = await other.work((tx) => numberDocuments(tx, 'invoice', [{}, {}] as Numbered[]))
    expect(next.map(({ number }) => number)).toEqual(['INV-0042', 'INV-0043'])
    // Some who want the first one at once are given one each.
    const atOnce = Array.from({ length: 6 }, () =>
      other.work((tx) => numberDocuments(tx, 'credit_note', [{}] as Numbered[])),
    )
    const notes = (await Promise.all(atOnce)).flatMap((each) => each.map(({ number }) => number))
    expect(notes.toSorted()).toEqual(['CN-1', 'CN-2', 'CN-3', 'CN-4', 'CN-5', 'CN-6'])
    await other.close()
  })

  it('gives every number once, in order and without a hole, whatever others number themselves', async () => {
    const [start = 'INV-0'] = await issue([undefined])
    const taken = fc.integer({ min: 1, max: 60 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(taken, { nil: undefined }), { minLength: 1, maxLength: 8 }),
        async (asked) => {
          const known = await shop.look<{ number: string }>('select number from sales_document')
          const used = new Set(known.map(({ number }) => number))
          // Numbers that somebody gives themselves may be those that the series would have come to.
          const own = [...new Set(asked)].map((number) =>
            number === undefined ? undefined : `INV-${placeOf(start) + number}`,
          )
          const fresh = own.filter((number) => number === undefined || !used.has(number))
          const before = fresh.filter((number) => number !== undefined)
          await issue(before)
          const given = await issue(asked.filter((number) => number === undefined))
          expect(given.every((number) => !used.has(number) && !before.includes(number))).toBe(true)
          expect(given).toEqual(given.toSorted((a, b) => placeOf(a) - placeOf(b)))
          const all = await shop.look<{ number: string }>(`select number from sales_document where number like 'INV-%'`)
          const values = new Set(all.map(({ number }) => placeOf(number)))
          const [series] = await shop.look<{ next: bigint }>('select next_number as next from number_series')
          for (let value = 1; value < Number(series?.next); value += 1) expect(values.has(value)).toBe(true)
        },
      ),
      { numRuns: 15 },
    )
    expect(await brokenNumbers()).toMatchObject({ result: 'held' })
  })

  it('leaves no hole where the document is refused, and gives nobody the number of another who is not done yet', async () => {
    let refused = ''
    await expect(
      shop.work(async (tx) => {
        const [one] = await numberDocuments(tx, 'invoice', [{}] as Numbered[])
        refused = one?.number ?? ''
        await issueInvoices(tx, [{ number: one?.number ?? '', on: day('2024-03-01'), customer: anna, lines: [] }])
      }),
    ).rejects.toMatchObject({ code: 'input_invalid' })
    const one = async (tx: Parameters<typeof numberDocuments>[0]) => {
      const [asked] = await numberDocuments(tx, 'invoice', [{}] as Numbered[])
      const number = asked?.number ?? ''
      await issueInvoices(tx, [{ number, on: day('2024-03-01'), customer: anna, lines }])
      return number
    }
    let first = ''
    const second = await whileHeld(
      shop,
      async (tx) => {
        first = await one(tx)
      },
      one,
    )
    expect(first).toBe(refused)
    // Between the two stand only numbers that somebody has given themselves.
    const between = Array.from({ length: placeOf(second) - placeOf(first) - 1 }, (_, step) => placeOf(first) + step + 1)
    const known = await shop.look<{ number: string }>('select number from sales_document')
    const used = known.map(({ number }) => number)
    expect(placeOf(second)).toBeGreaterThan(placeOf(first))
    expect(between.filter((place) => !used.includes(`INV-${place}`))).toEqual([])
  })

  it('numbers-gapless names a number that was given and has no document', async () => {
    const [invoice = ''] = await issue([undefined])
    await shop.work(async (tx) => {
      const [note] = await numberDocuments(tx, 'credit_note', [{}] as Numbered[])
      await issueCreditNotes(tx, [
        {
          number: note?.number ?? '',
          invoiceNumber: invoice,
          on: day('2024-03-02'),
          lines: [{ lineNo: 1, quantity: '1' }],
        },
      ])
    })
    await shop.work((tx) => numberDocuments(tx, 'credit_note', [{}] as Numbered[]))
    expect(await brokenNumbers()).toMatchObject({
      result: 'broken',
      rows: [{ number: 'CN-2', entryId: null, what: 'the number was given, and there is no such document' }],
    })
  })
})

describe('a line of an invoice', () => {
  it('may be of a text alone, and is credited as any other', async () => {
    const text = [{ description: 'Engraving', quantity: '2', unitPrice: '4.50' }]
    const request = { number: 'T-1', on: day('2024-03-01'), customer: anna, lines: text }
    await shop.work((tx) => issueInvoices(tx, [request]))
    const credit = { number: 'T-C1', invoiceNumber: 'T-1', on: day('2024-03-02') }
    await shop.work((tx) => issueCreditNotes(tx, [{ ...credit, lines: [{ lineNo: 1, quantity: '2' }] }]))
    const rows = await shop.look<{ description: string; net: bigint; tax: bigint }>(
      `select l.description, d.net_minor as net, d.tax_minor as tax from sales_document d
         join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id
         where d.number like 'T-%' order by d.id`,
    )
    expect(rows).toEqual([
      { description: 'Engraving', net: 900n, tax: 180n },
      { description: 'Engraving', net: -900n, tax: -180n },
    ])
    const nothing = { ...request, number: 'T-2', lines: [{ quantity: '1', unitPrice: '1' }] }
    await expect(shop.work((tx) => issueInvoices(tx, [nothing]))).rejects.toMatchObject({ code: 'input_invalid' })
  })

  it('is taxed as where it goes, where the invoice says that; by its own code before all', async () => {
    const taxCode = async (more: { destination?: string }, line: { taxCode?: string } = {}) => {
      const number = `G-${JSON.stringify([more, line])}`
      const asked = { number, on: day('2024-03-01'), customer: anna, ...more, lines: [{ ...lines[0], ...line }] }
      await shop.work((tx) => issueInvoices(tx, [asked as never]))
      const [row] = await shop.look<{ code: string; country: string }>(
        `select t.code, d.country from sales_document d
           join sales_document_tax x on x.company_id = d.company_id and x.document_id = d.id
           join tax_code t on t.company_id = x.company_id and t.id = x.tax_code_id where d.number = '${number}'`,
      )
      return `${row?.code} ${row?.country}`
    }
    expect(await taxCode({})).toBe('standard GB')
    expect(await taxCode({ destination: 'GB' })).toBe('standard GB')
    expect(await taxCode({ destination: 'US' })).toBe('export US')
    expect(await taxCode({ destination: 'US' }, { taxCode: 'standard' })).toBe('standard US')
    await shop.work(async (tx) => {
      await tx.query(
        `update item set tax_code_id = (select t.id from tax_code t where t.code = 'reduced') where code = 'MUG'`,
      )
    })
    expect(await taxCode({ destination: 'IM' })).toBe('reduced IM')
    expect(await taxCode({ destination: 'CH' })).toBe('export CH')
  })
})
