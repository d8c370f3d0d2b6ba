import { IssuedDocument, NewCreditNote, NewInvoice, NewItem, SavedItem } from '../contracts/facts.ts'
import type { Tx } from '../kernel/database.ts'
import { findItems, findOrAddItems, normaliseCode } from '../modules/catalog/index.ts'
import { applyDeposits } from '../modules/payments/index.ts'
import {
  type DocumentOutcome,
  issueCreditNotes,
  issueInvoices,
  numberDocuments,
  offerEarlyPayment,
} from '../modules/sales/index.ts'
import { documentsById, linesOfDocuments, taxesOfDocuments } from '../reports/lists/index.ts'
import { amountsOf } from './amounts.ts'
import { newApi } from './api.ts'
import { listRoute } from './list-route.ts'

const tag = 'Sales'

const issued = ({ result, documentId }: DocumentOutcome, number: string) => ({
  result: result === 'created' ? ('created' as const) : ('existing' as const),
  documentId: String(documentId),
  number,
})

/** What was issued, whole, for whoever looks before anything is kept. */
async function documentsOf(tx: Tx, results: readonly { documentId: string }[]): Promise<object[]> {
  const ids = results.map(({ documentId }) => documentId)
  const found = await documentsById(tx, ids)
  const lines = await linesOfDocuments(tx, ids)
  const taxes = await taxesOfDocuments(tx, ids)
  return ids.map((id) => ({ ...found.get(id), lines: lines.get(id) ?? [], taxes: taxes.get(id) ?? [] }))
}

const invoices = listRoute({
  path: 'invoices',
  tag,
  permission: 'sales.write',
  summary: 'Issue invoices',
  description: 'Each is posted with its issue; deposits of its order are applied.',
  request: NewInvoice,
  result: IssuedDocument,
  shows: documentsOf,
  perform: async (tx, asked) => {
    const requests = await numberDocuments(tx, 'invoice', asked)
    const { read } = await amountsOf(tx)
    const outcomes = await issueInvoices(
      tx,
      requests.map(({ order, country, shipping, discount, customer, lines, earlyPayment: _, ...invoice }) => ({
        ...invoice,
        customer: { number: customer.number, name: customer.name ?? customer.number },
        orderReference: order,
        destination: country,
        shippingMinor: read(shipping ?? '0', invoice.currency),
        discountMinor: read(discount ?? '0', invoice.currency),
        lines: lines.map(({ item, ...line }) => ({ ...line, itemCode: item })),
      })),
    )
    const uses = requests.flatMap(({ order, on }, index) => {
      const outcome = outcomes[index] as DocumentOutcome
      return order && outcome.result === 'created'
        ? [{ orderReference: order, documentId: outcome.documentId, on }]
        : []
    })
    await applyDeposits(tx, uses)
    await offerEarlyPayment(
      tx,
      requests.flatMap(({ earlyPayment }, index) =>
        earlyPayment === undefined
          ? []
          : [{ ...earlyPayment, documentId: (outcomes[index] as DocumentOutcome).documentId }],
      ),
    )
    return outcomes.map((outcome, index) => issued(outcome, (requests[index] as { number: string }).number))
  },
})

const creditNotes = listRoute({
  path: 'credit-notes',
  tag,
  permission: 'sales.write',
  summary: 'Issue credit notes',
  description: "Each credits lines of one of our invoices, at the invoice's own prices and tax.",
  request: NewCreditNote,
  result: IssuedDocument,
  shows: documentsOf,
  perform: async (tx, asked) => {
    const requests = await numberDocuments(tx, 'credit_note', asked)
    const outcomes = await issueCreditNotes(
      tx,
      requests.map(({ invoice, ...note }) => ({ ...note, invoiceNumber: invoice })),
    )
    return outcomes.map((outcome, index) => issued(outcome, (requests[index] as { number: string }).number))
  },
})

const items = listRoute({
  path: 'items',
  tag,
  permission: 'catalog.write',
  summary: 'Add items',
  description: 'An item that exists is left as it is.',
  request: NewItem,
  result: SavedItem,
  perform: async (tx, requests) => {
    const wanted = requests.map((item) => ({ ...item, code: normaliseCode(item.code) }))
    const before = await findItems(
      tx,
      wanted.map(({ code }) => code),
    )
    // Of a code that is there twice, the first is added.
    const first = new Map(wanted.toReversed().map((item) => [item.code, item]))
    const now = await findOrAddItems(tx, [...first.values()])
    return wanted.map((item) => ({
      result: before.has(item.code) || first.get(item.code) !== item ? ('existing' as const) : ('saved' as const),
      itemId: String(now.get(item.code)?.id),
    }))
  },
})

export const salesRoutes = newApi().route('/', items).route('/', invoices).route('/', creditNotes)
