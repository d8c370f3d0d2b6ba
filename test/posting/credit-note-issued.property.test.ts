import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditNoteIssued } from '../../src/posting/credit-note-issued.ts'
import { invoiceIssued } from '../../src/posting/invoice-issued.ts'
import { movements, salesFacts, sumOf } from './support.ts'

test('a credit note of a whole invoice takes back every penny of it, role by role', () => {
  fc.assert(
    fc.property(salesFacts('invoice'), (invoice) => {
      const credited = {
        ...invoice,
        kind: 'credit_note' as const,
        taxes: invoice.taxes.map((tax) => ({ ...tax, taxMinor: -tax.taxMinor, baseMinor: -tax.baseMinor })),
        lines: invoice.lines.map((line) => ({ ...line, netMinor: -line.netMinor })),
      }
      const [posted] = invoiceIssued([invoice])
      const [entry] = creditNoteIssued([credited])
      if (entry === undefined || posted === undefined) throw new Error('no entry')
      expect(sumOf(entry)).toBe(0n)
      const both = { ...entry, lines: [...entry.lines, ...posted.lines] }
      expect(movements(both)).toEqual({})
    }),
  )
})

test('it keeps the roles of the sale and says that it is a credit note, so that the mapping can send it to returns', () => {
  fc.assert(
    fc.property(salesFacts('credit_note'), (document) => {
      const [entry] = creditNoteIssued([document])
      expect(entry).toMatchObject({ rule: 'credit-note-issued', documentKind: 'credit_note' })
      const known = new Set(['receivable', 'output_tax', ...document.lines.map((line) => line.role)])
      for (const line of entry?.lines ?? []) expect(known.has(line.role as 'sales')).toBe(true)
    }),
  )
})
