import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPostingDayRules, issueDocuments, listPostingDayRules } from '../../../src/modules/sales/index.ts'
import { listTaxCodes } from '../../../src/modules/tax/index.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** Issues a document of 3 March, paid on the 1st and shipped on the 9th, and returns the days of its entry. */
const postedOn = (number: string, source: string, channelCode: string | null = null) =>
  shop.work(async (tx) => {
    const standard = (await listTaxCodes(tx)).find(({ kind }) => kind === 'standard')
    const taxCodeId = standard?.id as bigint
    const about = { itemCode: null, code: 'X', description: '', quantity: '1', unitPrice: '1', taxCodeId }
    const [issued] = await issueDocuments(tx, [
      {
        source,
        number,
        kind: 'invoice',
        issuedOn: day('2011-03-03'),
        otherDays: { payment: day('2011-03-01'), shipment: day('2011-03-09') },
        customer: { number: 'Anna', name: 'Anna' },
        channelCode,
        destination: '',
        country: 'GB',
        settlement: 'on_account',
        currency: 'GBP',
        prices: 'net',
        rounding: 'per_document',
        taxes: [{ taxCodeId, authority: standard?.authority ?? null, baseMinor: 100n, taxMinor: 20n }],
        lines: [{ ...about, netMinor: 100n, role: 'sales' }],
        contentHash: Buffer.from(number),
      },
    ])
    const [entry] = await tx.query<{ on: string; tax: string; open: string }>(
      `select e.effective_on as on, (select max(l.tax_point) from journal_line l where l.company_id = $1 and l.entry_id = e.id) as tax,
          (select opened_on from open_item where company_id = $1 and source_kind = 'sales_document' and source_id = e.source_id) as open
        from journal_entry e where e.company_id = $1 and e.source_kind = 'sales_document' and e.source_id = $2`,
      [tx.companyId, String(issued?.documentId)],
    )
    return entry
  })

test('an entry takes the day that its source or its channel says, from the day on which that holds', async () => {
  const own = { on: '2011-03-03', tax: '2011-03-03', open: '2011-03-03' }
  expect(await postedOn('A', 'shop')).toEqual(own)
  await shop.work((tx) =>
    addPostingDayRules(tx, [
      { source: 'shop', basis: 'shipment' },
      { source: 'shop', channel: 'web', basis: 'payment', reason: 'cash first' },
      { source: 'shop', channel: 'fair', basis: 'payout' },
    ]),
  )
  expect(await postedOn('B', 'shop')).toEqual({ on: '2011-03-09', tax: '2011-03-03', open: '2011-03-09' })
  expect(await postedOn('C', 'shop', 'web')).toMatchObject({ on: '2011-03-01', tax: '2011-03-03' })
  expect(await postedOn('D', 'shop', 'fair')).toEqual(own) // a day that nobody told
  expect(await postedOn('E', 'another', 'web')).toEqual(own)
  await shop.work((tx) =>
    addPostingDayRules(tx, [{ source: 'shop', basis: 'document', effectiveFrom: day('2011-03-03') }]),
  )
  expect(await postedOn('F', 'shop')).toEqual(own)
  await shop.work((tx) =>
    addPostingDayRules(tx, [{ source: 'shop', basis: 'shipment', effectiveFrom: day('2011-03-04') }]),
  )
  expect(await postedOn('G', 'shop')).toEqual(own)
  const rules = await shop.work(listPostingDayRules)
  expect(rules.filter(({ channel }) => channel === '').map(({ version }) => version)).toEqual([3, 2, 1])
  await expect(shop.work((tx) => addPostingDayRules(tx, [{ source: ' ', basis: 'payment' }]))).rejects.toEqual(
    expect.objectContaining({ code: 'input_invalid' }),
  )
})
