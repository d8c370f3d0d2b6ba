import { z } from 'zod'
import { documentKinds } from '../kernel/document-kinds.ts'
import { timelineKinds } from '../kernel/timeline-kinds.ts'
import { PayTo } from './bank-accounts.ts'
import { Actor, Day, Id, Money, orNull, Source } from './basic.ts'
import { Seller } from './company-identity.ts'

const decimal = z.string().meta({ description: 'An exact decimal.', example: '12' })

export const Customer = z
  .object({
    id: Id,
    number: z.string().meta({ example: '17850' }),
    name: z.string().meta({ example: 'Anna' }),
    country: z.string().nullable().meta({ description: 'ISO 3166-1, two letters.', example: 'GB' }),
    paymentDays: z.number().int().meta({ description: 'Days until an invoice is due.', example: 30 }),
  })
  .meta({ id: 'Customer' })

export const Item = z
  .object({
    id: Id,
    code: z.string().meta({ example: 'MUG' }),
    name: z.string().meta({ example: 'Mug' }),
    kind: z.enum(['goods', 'service']),
    itemGroup: z.string().nullable().meta({ description: 'The code of its group.', example: null }),
    taxCode: z.string().nullable().meta({ description: 'The code of its tax; null for the usual one.', example: null }),
  })
  .meta({ id: 'Item' })

export const ItemGroup = z
  .object({
    id: Id,
    code: z.string().meta({ example: 'CUPS' }),
    name: z.string().meta({ example: 'Cups and mugs' }),
    items: z.number().int().meta({ description: 'How many items it has.', example: 12 }),
  })
  .meta({ id: 'ItemGroup', description: 'What items have in common for reports and for the mapping.' })

export const Payment = z
  .object({
    id: Id,
    kind: z.enum(['capture', 'refund']),
    source: z.string().meta({ example: 'stripe' }),
    reference: z.string().meta({ example: 'pi_3Nx' }),
    method: z.string().meta({ example: 'card' }),
    customer: z.union([Id, Customer]).nullable(),
    customerNumber: z.string().nullable().meta({ example: '17850' }),
    document: z.union([Id, z.lazy((): z.ZodType => Document)]).nullable(),
    order: z.string().nullable().meta({ example: null }),
    paidOn: Day,
    amount: Money,
    refunded: Money.meta({ description: 'How much of a capture has gone back.' }),
    refunds: orNull(Id).meta({ description: 'The capture that a refund pays back.' }),
  })
  .meta({ id: 'Payment', description: 'Money that came in (capture) or went back (refund); always positive.' })

const DocumentLine = z.object({
  lineNo: z.number().int().meta({ example: 1 }),
  item: z.string().nullable().meta({ example: 'MUG' }),
  code: z.string().meta({ example: 'MUG' }),
  description: z.string().meta({ example: 'Mug' }),
  quantity: decimal,
  unitPrice: decimal,
  net: Money,
  role: z.string().nullable().meta({ example: 'sales' }),
  taxCode: z.string().nullable().meta({ example: 'standard' }),
  creditedQuantity: decimal.meta({ description: 'How much of it has been credited.', example: '0' }),
})

export const Document = z
  .object({
    id: Id,
    kind: z.enum(documentKinds),
    source: z.string().meta({ description: 'The system that it comes from.', example: 'countinghouse' }),
    number: z.string().meta({ example: 'INV-1' }),
    issuedOn: Day,
    dueOn: orNull(Day),
    customer: z.union([Id, Customer]).nullable(),
    customerNumber: z.string().nullable().meta({ example: '17850' }),
    country: z.string().nullable().meta({ example: 'GB' }),
    order: z.string().nullable().meta({ description: 'The reference of its order.', example: null }),
    settlement: z.enum(['on_account', 'paid', 'none']),
    prices: z.enum(['net', 'gross']),
    net: Money,
    tax: Money,
    gross: Money,
    ordered: orNull(Money).meta({
      description: 'What the lines of an order come to: it books nothing and owes nothing. Null for every other kind.',
    }),
    open: orNull(Money).meta({ description: 'What of it is not settled; null where it opened nothing.' }),
    earlyPayment: z
      .object({
        percent: z.string().meta({ example: '5' }),
        until: Day,
        endedOn: orNull(Day).meta({ description: 'Where it was ended: from this day on it cannot be taken.' }),
      })
      .nullable()
      .meta({ description: 'What of its gross may be kept by paying until a day; null where nothing is offered.' }),
    credits: z
      .union([Id, z.lazy((): z.ZodType => Document)])
      .nullable()
      .meta({ description: 'The invoice that it credits.' }),
    lines: z.array(DocumentLine).optional(),
    taxes: z.array(z.object({ taxCode: z.string().meta({ example: 'standard' }), base: Money, tax: Money })).optional(),
    payments: z.array(Payment).optional(),
    seller: Seller.optional(),
    payTo: z
      .array(PayTo)
      .optional()
      .meta({ description: 'Where it is paid: of an invoice on account that is not settled.' }),
  })
  .meta({ id: 'Document', description: 'A sales document. Amounts are signed: a credit note is negative.' })

export const EarlyPaymentTerm = z
  .object({
    id: Id.meta({ description: 'The id of the invoice.' }),
    number: z.string().meta({ example: 'INV-1' }),
    customer: orNull(Id),
    customerName: z.string().nullable().meta({ example: 'Anna' }),
    percent: z.string().meta({ example: '5' }),
    until: Day.meta({ description: 'The last day, as it was offered.' }),
    endedOn: orNull(Day).meta({ description: 'Where it was ended: from this day on it cannot be taken.' }),
    reason: z.string().nullable().meta({ description: 'Why it was ended.', example: null }),
    gross: Money,
    open: orNull(Money).meta({ description: 'What of the invoice is not settled.' }),
  })
  .meta({ id: 'EarlyPaymentTerm', description: 'What of an invoice may be kept by paying it until a day.' })

export const EarlyPaymentEnding = z
  .strictObject({
    on: Day.meta({ description: 'The first day on which it cannot be taken any more.' }),
    reason: z.string().trim().min(1).max(200).meta({ example: 'agreed with the customer' }),
  })
  .meta({ id: 'EarlyPaymentEnding' })

export const EarlierDocument = z
  .object({
    id: Id,
    kind: z.enum(['invoice', 'bill']),
    source: z.string().meta({ description: 'The system of the earlier books.', example: 'xero' }),
    externalId: z.string().meta({ description: 'Its id there.', example: 'f1d403d1' }),
    number: z.string().meta({ example: 'INV-0042' }),
    party: orNull(Id).meta({ description: 'The customer, or the supplier of a bill.' }),
    partyNumber: z.string().nullable().meta({ example: 'C-7' }),
    issuedOn: Day,
    dueOn: Day,
    status: z.string().meta({ description: 'As the earlier books called it.', example: 'PAID' }),
    currency: z.string().meta({ example: 'EUR' }),
    rate: decimal.meta({ description: 'How much of its currency one unit of the base currency was.', example: '1.15' }),
    total: Money,
    tax: Money,
    open: Money.meta({ description: 'What was open of it when it was imported.' }),
  })
  .meta({ id: 'EarlierDocument', description: 'An invoice or a bill of earlier books. It posts nothing here.' })

const openItem = {
  documentNumber: z.string().nullable().meta({ description: 'The document that opened it.', example: 'INV-1' }),
  source: z.object({ kind: z.string().meta({ example: 'sales_document' }), id: z.string().meta({ example: '1' }) }),
  openedOn: Day,
  dueOn: Day,
  amount: Money,
  open: Money,
}

export const OpenItem = z
  .object({
    id: Id,
    customer: z.union([Id, Customer]),
    customerNumber: z.string().meta({ example: '17850' }),
    customerName: z.string().meta({ example: 'Anna' }),
    ...openItem,
  })
  .meta({ id: 'OpenItem', description: 'What a customer owes, or is owed (negative), and what of it is not settled.' })

export const Supplier = z
  .object({
    id: Id,
    number: z.string().meta({ example: 'S1' }),
    name: z.string().meta({ example: 'Potters Ltd' }),
    country: z.string().nullable().meta({ description: 'ISO 3166-1, two letters.', example: 'GB' }),
    paymentDays: z.number().int().meta({ description: 'Days until a bill is due.', example: 30 }),
  })
  .meta({ id: 'Supplier' })

export const PayableItem = z
  .object({
    id: Id,
    supplier: Id,
    supplierNumber: z.string().meta({ example: 'S1' }),
    supplierName: z.string().meta({ example: 'Potters Ltd' }),
    ...openItem,
  })
  .meta({
    id: 'PayableItem',
    description: 'What we owe a supplier, or are owed (negative), and what of it is not settled.',
  })

const itemOfSales = {
  id: Id,
  code: z.string().meta({ example: 'MUG' }),
  name: z.string().meta({ example: 'Mug' }),
  kind: z.enum(['goods', 'service']),
  itemGroup: z.string().nullable().meta({ description: 'The code of its group.', example: null }),
}
const netSales = Money.meta({ description: 'Without tax, less returns and discounts, in the currency of the books.' })

export const ItemSales = z
  .object({ ...itemOfSales, from: Day, to: Day, sales: netSales, source: Source.optional() })
  .meta({ id: 'ItemSales', description: 'An item with what was sold of it in a range of days.' })

export const ItemHistory = z
  .object({
    ...itemOfSales,
    taxCode: z.string().nullable().meta({ description: 'The code of its tax; null for the usual one.', example: null }),
    months: z
      .array(z.object({ month: Day, sales: netSales, source: Source.optional() }))
      .meta({ description: 'The latest 24 months in which something was booked, the latest first.' }),
    lines: z
      .array(
        z.object({
          document: Id,
          number: z.string().meta({ example: 'INV-1' }),
          kind: z.string().meta({ example: 'invoice' }),
          issuedOn: Day,
          customer: orNull(Id),
          customerName: z.string().nullable().meta({ example: 'Anna' }),
          quantity: decimal,
          unitPrice: decimal,
          net: Money,
        }),
      )
      .meta({ description: 'Its latest 20 lines on documents.' }),
  })
  .meta({ id: 'ItemHistory', description: 'An item with its sales by month and its latest lines on documents.' })

export const EntrySummary = z
  .object({
    entryId: Id,
    number: z.string().nullable().meta({ description: 'null until it is sealed', example: '2011-15' }),
    date: Day,
    effectiveOn: Day,
    rule: z.string().meta({ example: 'manual-journal' }),
    source: z.object({
      kind: z.string().meta({ example: 'manual_journal' }),
      id: z.string().meta({ example: 'RENT' }),
    }),
    reverses: orNull(Id),
    description: z.string().meta({ example: 'Rent of March' }),
    postedBy: z.string().meta({ example: 'user:anna' }),
    postedAt: z.string().meta({ example: '2011-03-31T12:00:00Z' }),
    lines: z
      .array(
        z.object({
          lineNo: z.number().int().meta({ example: 1 }),
          account: z.string().meta({ description: 'Its code.', example: '1200' }),
          accountName: z.string().meta({ example: 'Bank' }),
          amount: Money,
          party: z.string().nullable().meta({ example: null }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'EntrySummary', description: 'An entry of the journal without what explains it. A debit is positive.' })

export const Timeline = z
  .object({
    events: z.array(
      z.object({
        kind: z.enum(timelineKinds),
        on: z.string().meta({ description: 'A day of the books.', example: '2011-01-31' }),
        at: z.string().nullable().meta({ description: 'When it was written.', example: '2011-01-31T10:00:00Z' }),
        by: orNull(Actor),
        amount: orNull(Money),
        name: z.string().meta({ description: 'The number, reference or name of what happened.', example: 'INV-1' }),
        message: z.string().meta({ example: '' }),
        documentId: orNull(Id),
        paymentId: orNull(Id),
        entryId: orNull(Id),
        exceptionId: orNull(Id),
      }),
    ),
    entries: z
      .array(EntrySummary)
      .nullable()
      .meta({ description: 'What was posted for it, with lines; null for whoever may not read the journal.' }),
  })
  .meta({ id: 'Timeline', description: 'What happened to a document, in order, and what was posted for it.' })

const text = z.string().trim().min(1).max(200)
const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166-1, two letters.', example: 'GB' })

export const NewCustomer = z
  .strictObject({
    number: text.meta({ example: '17850' }),
    name: text.meta({ example: 'Anna' }),
    country: country.nullish(),
    paymentDays: z.number().int().min(0).max(3650).optional().meta({ example: 30 }),
  })
  .meta({ id: 'NewCustomer' })

export const Party = z
  .object({ kind: z.enum(['customer', 'supplier']), number: z.string(), name: z.string(), country: orNull(country) })
  .meta({ id: 'Party', description: 'Whom a line of an entry is about.' })

export const CustomerChange = z
  .strictObject({
    name: text.optional().meta({ example: 'Anna Smith' }),
    country: country.nullable().optional(),
    paymentDays: z.number().int().min(0).max(3650).optional().meta({ example: 14 }),
  })
  .meta({ id: 'CustomerChange' })

export const SavedCustomer = z
  .object({ result: z.enum(['created', 'existing']), customerId: Id })
  .meta({ id: 'SavedCustomer' })

export const NewItemGroup = z
  .strictObject({ code: text.meta({ example: 'CUPS' }), name: text.meta({ example: 'Cups and mugs' }) })
  .meta({ id: 'NewItemGroup' })

export const ItemGroupChange = z
  .strictObject({ name: text.meta({ example: 'Cups' }) })
  .meta({ id: 'ItemGroupChange', description: 'What a group is called; its code stays.' })

export const SavedItemGroup = z.object({ result: z.enum(['created', 'existing']) }).meta({ id: 'SavedItemGroup' })

export const ItemChange = z
  .strictObject({
    name: text.optional().meta({ example: 'Large mug' }),
    kind: z.enum(['goods', 'service']).optional(),
    itemGroup: text.nullable().optional().meta({ example: null }),
    taxCode: text.nullable().optional().meta({ example: null }),
  })
  .meta({ id: 'ItemChange' })

/** A page of a list, and where the next one begins. */
export const pageOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({
    rows: z.array(schema),
    next: z.string().nullable().meta({
      description: 'Pass it as `after` to read the next page; null on the last one.',
      example: null,
    }),
  })
