import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountingDate } from '../../src/kernel/accounting-date.ts'
import { invoiceIssued } from '../../src/posting/invoice-issued.ts'
import { movements, moving, salesFacts, sumOf } from './support.ts'

test('goods 100, shipping 5, tax 21: the customer owes 126', () => {
  const [entry] = invoiceIssued([
    {
      id: 1n,
      kind: 'invoice',
      number: '536365',
      date: accountingDate('2011-01-11'),
      partyId: 2n,
      taxes: [{ taxCodeId: 3n, authority: 'HMRC', baseMinor: 10500n, taxMinor: 2100n }],
      lines: [
        { lineNo: 1, role: 'sales', netMinor: 10000n, itemId: 4n },
        { lineNo: 2, role: 'shipping_income', netMinor: 500n },
      ],
    },
  ])
  expect(movements(entry)).toEqual({ receivable: 12600n, sales: -10000n, shipping_income: -500n, output_tax: -2100n })
})

test('an invoice balances, whatever its lines, and the customer owes lines plus tax', () => {
  fc.assert(
    fc.property(fc.array(salesFacts('invoice'), { maxLength: 5 }), (documents) => {
      const entries = invoiceIssued(documents)
      expect(entries).toHaveLength(documents.length)
      for (const [index, entry] of entries.entries()) {
        const document = documents[index]
        if (document === undefined) throw new Error('an entry without its document')
        const tax = document.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0n)
        const expected: Record<string, bigint> = { receivable: tax, output_tax: -tax }
        for (const { role, netMinor } of document.lines) {
          expected[role] = (expected[role] ?? 0n) - netMinor
          expected.receivable = (expected.receivable ?? 0n) + netMinor
        }
        expect(sumOf(entry)).toBe(0n)
        expect(movements(entry)).toEqual(moving(expected))
      }
    }),
  )
})

test('every line says what it is about, and each tax line what a return needs', () => {
  fc.assert(
    fc.property(salesFacts('invoice'), (document) => {
      const [entry] = invoiceIssued([document])
      expect(entry).toMatchObject({
        rule: 'invoice-issued',
        documentKind: 'invoice',
        source: { kind: 'sales_document', id: String(document.id) },
      })
      for (const line of entry?.lines ?? []) {
        expect(line).toMatchObject({
          documentId: document.id,
          partyId: document.partyId,
          channelId: document.channelId,
        })
        if (line.role === 'output_tax') {
          const tax = document.taxes.find(({ taxCodeId }) => taxCodeId === line.taxCodeId)
          expect(line).toMatchObject({ taxAuthority: tax?.authority, taxBaseMinor: tax?.baseMinor })
          expect(line).toMatchObject({ taxPoint: document.date, amountMinor: -(tax?.taxMinor ?? 0n) })
        } else if (line.role !== 'receivable') {
          const { itemId, itemGroupId, taxCodeId, giftCardId, netMinor } =
            document.lines[(line.documentLineNo as number) - 1] ?? {}
          expect(line).toMatchObject({ itemId, itemGroupId, taxCodeId, giftCardId, amountMinor: -(netMinor as bigint) })
        }
      }
    }),
  )
})
