import { z } from 'zod'
import { Day, Id, orNull } from './basic.ts'
import { WrittenLine } from './journal.ts'
import { CurrencyName } from './rates.ts'

const text = z.string().trim().min(1).max(200)
const Quantity = z
  .string()
  .regex(/^[0-9]{1,12}(\.[0-9]{1,6})?$/)
  .meta({ description: 'A decimal above zero.', example: '12' })
const Price = z
  .string()
  .regex(/^[0-9]{1,12}(\.[0-9]{1,8})?$/)
  .meta({ description: 'A price per unit, with every decimal that it has.', example: '9.99' })
const Amount = z
  .string()
  .regex(/^[0-9]{1,15}(\.[0-9]{1,4})?$/)
  .meta({ description: 'An amount in the base currency, or in the currency that is named.', example: '126.00' })
export const SignedAmount = z
  .string()
  .regex(/^-?[0-9]{1,15}(\.[0-9]{1,4})?$/)
  .meta({ description: 'An amount in the base currency, debit positive.', example: '-126.00' })
const currency = CurrencyName.optional().meta({ description: 'Without it, the base currency.' })
const settles = Amount.optional().meta({
  description:
    'In the currency of the invoice, where the money is in another: how much of it is settled. Without it, the rates of the day say so.',
})
const Customer = z
  .strictObject({ number: text, name: text.optional() })
  .meta({ id: 'CustomerName', example: { number: '17850', name: 'Anna' } })
const reference = text.meta({ description: 'Makes it one: the same again finds it.', example: 'pi_3Nx' })
const invoice = text.meta({ description: "The document's number.", example: 'INV-1' })

const percent = z
  .string()
  .regex(/^[0-9]{1,2}(\.[0-9]{1,4})?$/)
  .meta({ description: 'A percentage above 0 and below 100.', example: '5' })
const EarlyPayment = z.strictObject({ percent, until: Day }).meta({
  description: 'What the customer may keep of the gross by paying until a day.',
})

const number = text.optional().meta({
  description:
    "Without it, the next of the company's own series. Send an Idempotency-Key then: by its number alone a repetition cannot be told.",
  example: 'INV-1',
})
const InvoiceLine = z
  .strictObject({
    item: text.optional().meta({ description: 'Its code. Without it the line is of its description.', example: 'MUG' }),
    description: text.optional().meta({ example: 'Mug, blue' }),
    quantity: Quantity,
    unitPrice: Price,
    taxCode: text.optional().meta({
      description: "Without it, that of the country where the invoice names one, the item's, or the usual one.",
      example: 'standard',
    }),
  })
  .refine(({ item, description }) => item !== undefined || description !== undefined, {
    path: ['item'],
    message: 'An item or a description.',
  })

export const NewInvoice = z
  .strictObject({
    number,
    on: Day,
    dueOn: Day.optional(),
    customer: Customer,
    order: text.optional().meta({ description: 'The order: deposits that were paid for it are applied.' }),
    currency,
    prices: z.enum(['net', 'gross']).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .meta({
        description: 'Where it goes, two letters: its tax follows the rule of that destination. Without it, at home.',
        example: 'GB',
      }),
    lines: z.array(InvoiceLine).min(1).max(1000),
    shipping: Amount.optional(),
    discount: Amount.optional(),
    earlyPayment: EarlyPayment.optional(),
  })
  .meta({ id: 'NewInvoice' })

export const NewEarlyPaymentTerms = z
  .strictObject({ invoice, percent, until: Day })
  .meta({ id: 'NewEarlyPaymentTerms', example: { invoice: 'INV-1', percent: '5', until: '2011-01-25' } })

export const NewCreditNote = z
  .strictObject({
    number,
    invoice,
    on: Day,
    lines: z
      .array(z.strictObject({ lineNo: z.number().int().min(1), quantity: Quantity }))
      .min(1)
      .max(1000),
  })
  .meta({ id: 'NewCreditNote' })

export const NewItem = z
  .strictObject({ code: text, name: text, kind: z.enum(['goods', 'service']).optional() })
  .meta({ id: 'NewItem', example: { code: 'MUG', name: 'Mug' } })

export const NewCapture = z
  .strictObject({
    source: text,
    reference,
    method: text.meta({ description: 'The processor; mapping rules can look at it.', example: 'card' }),
    customer: Customer,
    on: Day,
    amount: Amount,
    currency,
    settles,
    invoice: invoice.optional(),
    order: text.optional().meta({ description: 'Without an invoice: the order that it is a deposit for.' }),
    depositTaxCode: text
      .optional()
      .meta({ description: 'The code at whose rate the deposit is taxed; without it, untaxed.' }),
    depositShares: z
      .array(z.strictObject({ taxCode: text, gross: Amount }))
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'Instead: what the order comes to at each tax code; the deposit is taxed in proportion.' }),
  })
  .meta({ id: 'NewCapture' })

export const NewRefund = z
  .strictObject({
    source: text,
    reference,
    payment: z.strictObject({ source: text, reference: text }),
    on: Day,
    amount: Amount.meta({ description: 'In the currency of the payment.' }),
    settles,
  })
  .meta({ id: 'NewRefund' })

export const NewReceivedPayment = z
  .strictObject({
    source: text,
    reference,
    into: z.enum(['bank', 'cash']),
    customer: Customer,
    invoices: z
      .array(
        z.union([
          text,
          z.strictObject({ number: text, amount: Amount }).meta({
            description: 'How much of it is settled, in its own currency; no more than is open of it.',
            example: { number: 'INV-1', amount: '40.00' },
          }),
        ]),
      )
      .max(1000)
      .meta({
        description:
          'What is settled: by its number as far as the money goes, in this order, or so much of it. What is left over waits as a deposit.',
      }),
    on: Day,
    amount: Amount,
    currency,
    settles,
  })
  .meta({ id: 'NewReceivedPayment' })

export const NewEarlyPayment = z
  .strictObject({
    source: text,
    reference,
    into: z.enum(['bank', 'cash', 'payment_clearing']),
    method: text.optional().meta({ description: 'The processor, where it took the money.', example: 'card' }),
    customer: Customer,
    invoices: z
      .array(text)
      .min(1)
      .max(1000)
      .meta({ description: 'All that is open of them is settled: by the amount, and by their discount for the rest.' }),
    on: Day,
    amount: Amount,
    currency,
    settles,
  })
  .meta({ id: 'NewEarlyPayment' })

export const NewForfeiture = z
  .strictObject({
    payment: z.strictObject({ source: text, reference: text }).meta({ description: 'The prepayment.' }),
    on: Day,
    reason: text,
  })
  .meta({ id: 'NewForfeiture' })

export const NewDepositUse = z
  .strictObject({
    order: text.optional().meta({ description: 'Whose deposits settle the invoice.' }),
    payment: z
      .strictObject({ source: text, reference: text })
      .optional()
      .meta({ description: 'Instead of an order: the payment of which something is left, such as an overpayment.' }),
    invoice,
    on: Day,
  })
  .meta({ id: 'NewDepositUse', example: { order: 'W1', invoice: 'INV-1', on: '2011-01-31' } })

export const NewFee = z
  .strictObject({
    method: text,
    reference,
    on: Day,
    role: z.enum(['payment_fees', 'channel_fees']).optional(),
    net: Amount,
    currency,
    taxCode: text.optional(),
    tax: Amount.optional(),
  })
  .meta({ id: 'NewFee' })

export const NewPayout = z
  .strictObject({
    method: text,
    reference,
    sentOn: Day,
    arrivedOn: Day.optional(),
    amount: SignedAmount,
    currency,
    arrived: z
      .strictObject({ amount: SignedAmount, currency: CurrencyName })
      .optional()
      .meta({ description: 'What came into the bank, where that is in another currency.' }),
  })
  .meta({ id: 'NewPayout' })

export const NewGiftCardSale = z
  .strictObject({
    reference,
    code: text,
    purpose: z.enum(['multi', 'single']).meta({ description: 'A single-purpose card is taxed when it is sold.' }),
    taxCode: text.optional(),
    on: Day,
    paid: Amount,
    method: text,
    expiresOn: Day.optional().meta({
      description: 'The last day on which it pays; what is put on it later says the same, or nothing.',
    }),
  })
  .meta({ id: 'NewGiftCardSale' })

/** A card by its code, or by its id for whoever was not told the code: just one of them. */
const whichCard = {
  code: text.optional().meta({ description: 'As it stands on the card.' }),
  card: Id.optional().meta({ description: 'Instead of the code: the id of the card.' }),
}

export const NewGiftCardRedemption = z
  .strictObject({ reference, ...whichCard, invoice, on: Day, amount: Amount })
  .meta({ id: 'NewGiftCardRedemption' })

const GivenUpCard = z.strictObject({
  reference,
  ...whichCard,
  on: Day,
  amount: Amount.optional().meta({ description: 'Without it, all that is left on the card.' }),
})
export const NewGiftCardRefund = GivenUpCard.extend({ method: text }).meta({ id: 'NewGiftCardRefund' })
export const NewGiftCardBreakage = GivenUpCard.meta({ id: 'NewGiftCardBreakage' })

export const NewStoreCredit = z
  .strictObject({
    reference,
    creditNote: text.meta({ description: 'The number of the credit note that owes it.' }),
    on: Day,
    amount: Amount.optional().meta({ description: 'Without it, all that the credit note still owes.' }),
  })
  .meta({ id: 'NewStoreCredit' })
export const NewStoreCreditUse = z
  .strictObject({ reference, invoice, on: Day, amount: Amount })
  .meta({ id: 'NewStoreCreditUse' })
export const NewStoreCreditPayout = z
  .strictObject({
    reference,
    customer: text,
    on: Day,
    amount: Amount,
    from: z.enum(['bank', 'cash', 'payment_clearing']),
    method: text.optional(),
  })
  .meta({ id: 'NewStoreCreditPayout' })

export const NewBadDebt = z
  .strictObject({
    reference,
    invoice,
    on: Day,
    reason: text,
    amount: Amount.optional().meta({ description: 'Without it, all that is open.' }),
    currency: currency.meta({ description: 'Of the amount: that of the invoice. Without it, the base currency.' }),
  })
  .meta({ id: 'NewBadDebt' })

export const NewApplication = z
  .strictObject({ debitItem: Id, creditItem: Id, on: Day, amount: Amount, currency })
  .meta({
    id: 'NewApplication',
    description: 'So much of what a customer owes is settled by so much of what they paid or were credited.',
  })

export const NewOpeningBalances = z
  .strictObject({
    reference,
    date: Day,
    lines: z.array(WrittenLine).min(1).max(5000),
  })
  .meta({ id: 'NewOpeningBalances' })

export const NewReclassification = z
  .strictObject({ entryId: Id, lineNo: z.number().int().min(1), toAccount: text, date: Day, reason: text })
  .meta({ id: 'NewReclassification' })

export const YearToClose = z.strictObject({ year: z.number().int().min(1900).max(9999) }).meta({
  id: 'YearToClose',
  description: 'A fiscal year, named by the calendar year in which it ends.',
  example: { year: 2011 },
})

/** What became of each fact of a list: `existing` was there before and nothing was written. */
const result = z.enum(['created', 'existing'])
export const IssuedDocument = z
  .object({ result, documentId: Id, number: z.string().meta({ example: 'INV-1' }) })
  .meta({ id: 'IssuedDocument' })
export const SavedPayment = z.object({ result, paymentId: orNull(Id) }).meta({ id: 'SavedPayment' })
export const PostedEntry = z.object({ result, entryId: Id, date: z.string() }).meta({ id: 'PostedEntry' })
export const Applied = z
  .object({ amount: z.string() })
  .meta({ id: 'Applied', description: 'How much settled it, in the base currency.' })
export const Saved = z.object({ result: z.literal('saved') }).meta({ id: 'Saved' })

export const SavedItem = z
  .object({
    result: z.enum(['saved', 'existing']).meta({ description: '`existing`: it was there, and is left as it is.' }),
    itemId: Id,
  })
  .meta({ id: 'SavedItem' })
