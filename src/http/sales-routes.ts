import { IssuedDocument, NewCreditNote, NewInvoice, NewItem, SavedItem } from '../contracts/facts.ts'
import { findItems, findOrAddItems, normaliseCode } from '../modules/catalog/index.ts'
import { applyDeposits } from '../modules/payments/index.ts'
import { type DocumentOutcome, issueCreditNotes, issueInvoices, offerEarlyPayment } from '../modules/sales/index.ts'
import { amountsOf } from './amounts.ts'
import { newApi } from './api.ts'
import { listRoute } from './list-route.ts'

const tag = 'Sales'

const issued = ({ result, documentId }: DocumentOutcome) => ({
  result: result === 'created' ? ('created' as const) : ('existing' as const),
  documentId: String(documentId),
})

const invoices = listRoute({
  path: 'invoices',
  tag,
  permission: 'sales.write',
  summary: 'Issue invoices',
  description: 'Each is posted with its issue; deposits of its order are applied.',
  request: NewInvoice,
  result: IssuedDocument,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    const outcomes = await issueInvoices(
      tx,
      requests.map(({ order, shipping, discount, customer, lines, earlyPayment: _, ...invoice }) => ({
        ...invoice,
        customer: { number: customer.number, name: customer.name ?? customer.number },
        orderReference: order,
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
    return outcomes.map(issued)
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
  perform: async (tx, requests) =>
    (
      await issueCreditNotes(
        tx,
        requests.map(({ invoice, ...note }) => ({ ...note, invoiceNumber: invoice })),
      )
    ).map(issued),
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
