import {
  Applied,
  NewCapture,
  NewDepositUse,
  NewFee,
  NewPayout,
  NewReceivedPayment,
  NewRefund,
  PostedEntry,
  SavedPayment,
} from '../contracts/facts.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  applyDeposits,
  type CapturedPayment,
  capturePayments,
  capturesByReference,
  chargeFees,
  type PaymentOutcome,
  receivePayments,
  recordPayouts,
  refundPayments,
} from '../modules/payments/index.ts'
import { earlierDocumentKey, itemsOfEarlierDocuments, sourceKey } from '../modules/receivables/index.ts'
import { currenciesOf, documentsByNumber } from '../modules/sales/index.ts'
import { amountsOf, postedView } from './amounts.ts'
import { newApi } from './api.ts'
import { listRoute } from './list-route.ts'

const tag = 'Payments'

const saved = ({ result, paymentId }: PaymentOutcome) => ({
  result,
  paymentId: paymentId === null ? null : String(paymentId),
})
const named = ({ number, name }: { number: string; name?: string | undefined }) => ({ number, name: name ?? number })

const captures = listRoute({
  path: 'payments/captures',
  tag,
  permission: 'payments.write',
  summary: 'Capture payments',
  description: 'Money that a processor took: for an invoice, or before one as a deposit of an order.',
  request: NewCapture,
  result: SavedPayment,
  perform: async (tx, requests) => {
    const { read, readIfGiven } = await amountsOf(tx)
    const documentOf = await documentsByNumber(
      tx,
      requests.flatMap(({ invoice }) => invoice ?? []),
    )
    const documentIds = requests.map(({ invoice }) => (invoice === undefined ? undefined : documentOf(invoice)))
    const inItems = await currenciesOf(
      tx,
      documentIds.flatMap((id) => id ?? []),
    )
    const outcomes = await capturePayments(
      tx,
      requests.map(({ invoice: _, order, amount, settles, customer, depositShares, ...capture }, index) => {
        const documentId = documentIds[index]
        return {
          ...capture,
          customer: named(customer),
          amountMinor: read(amount, capture.currency),
          settlesMinor: readIfGiven(settles, inItems(documentId)),
          documentId,
          orderReference: order,
          depositShares: depositShares?.map(({ taxCode, gross }) => ({
            taxCode,
            grossMinor: read(gross, capture.currency),
          })),
        }
      }),
    )
    return outcomes.map(saved)
  },
})

const refunds = listRoute({
  path: 'payments/refunds',
  tag,
  permission: 'payments.write',
  summary: 'Refund payments',
  description: 'Never more than was captured less what has gone back.',
  request: NewRefund,
  result: SavedPayment,
  perform: async (tx, requests) => {
    const { read, readIfGiven } = await amountsOf(tx)
    const captured = await capturesByReference(
      tx,
      requests.map(({ payment }) => payment),
    )
    const outcomes = await refundPayments(
      tx,
      requests.map(({ payment: _, amount, settles, ...refund }, index) => {
        const { id, currency, documentCurrency } = captured[index] as CapturedPayment
        return {
          ...refund,
          paymentId: id,
          amountMinor: read(amount, currency),
          settlesMinor: readIfGiven(settles, documentCurrency ?? currency),
        }
      }),
    )
    return outcomes.map(saved)
  },
})

type NamedInvoice = string | { number: string; amount: string }

const numberOf = (invoice: NamedInvoice): string => (typeof invoice === 'string' ? invoice : invoice.number)

/** How much of invoices is settled where somebody has said so. Such an invoice is named once. */
function partsOf(
  invoices: readonly NamedInvoice[],
  read: (number: string, amount: string) => [string, bigint],
): Map<string, bigint> {
  const numbers = invoices.map(numberOf)
  return new Map(
    invoices.flatMap((invoice) => {
      if (typeof invoice === 'string') return []
      if (numbers.indexOf(invoice.number) < numbers.lastIndexOf(invoice.number))
        throw new Refusal('input_invalid', { invoice: invoice.number, expected: 'each invoice once' })
      return [read(invoice.number, invoice.amount)]
    }),
  )
}

const received = listRoute({
  path: 'payments/received',
  tag,
  permission: 'payments.write',
  summary: 'Receive payments on account',
  description: 'Money from customers into the bank or the till.',
  request: NewReceivedPayment,
  result: SavedPayment,
  perform: async (tx, requests) => {
    const { read, readIfGiven } = await amountsOf(tx)
    const wanted = requests.flatMap(({ invoices, customer }) =>
      invoices.map((invoice) => ({ number: numberOf(invoice), partyNumber: customer.number })),
    )
    const earlier = await itemsOfEarlierDocuments(tx, 'receivable', wanted)
    const earlierOf = (customer: string, number: string) => earlier.get(earlierDocumentKey(customer, number))
    const documentOf = await documentsByNumber(
      tx,
      wanted.flatMap(({ number, partyNumber }) => (earlierOf(partyNumber, number) === undefined ? number : [])),
    )
    const settled = requests.map(({ invoices, customer }) => {
      const numbers = invoices.map(numberOf)
      const earlierItems = numbers.flatMap((number) => earlierOf(customer.number, number) ?? [])
      const ours = numbers.filter((number) => earlierOf(customer.number, number) === undefined)
      const sourceOf = (number: string) =>
        earlierOf(customer.number, number) ?? { sourceKind: 'sales_document', sourceId: String(documentOf(number)) }
      return { earlierItems, documentIds: ours.map(documentOf), sourceOf }
    })
    const inItems = await currenciesOf(
      tx,
      settled.flatMap(({ documentIds }) => documentIds),
    )
    const outcomes = await receivePayments(
      tx,
      requests.map(({ invoices, amount, settles, customer, ...payment }, index) => {
        const { earlierItems, documentIds, sourceOf } = settled[index] as (typeof settled)[number]
        const settlesIn = earlierItems[0]?.currency ?? inItems(documentIds[0])
        return {
          ...payment,
          customer: named(customer),
          amountMinor: read(amount, payment.currency),
          settlesMinor: readIfGiven(settles, settlesIn),
          earlierItems,
          documentIds,
          parts: partsOf(invoices, (number, part) => [sourceKey(sourceOf(number)), read(part, settlesIn)]),
        }
      }),
    )
    return outcomes.map(saved)
  },
})

const deposits = listRoute({
  path: 'deposits/applications',
  tag,
  permission: 'payments.write',
  summary: 'Apply deposits to invoices',
  description:
    'Settles an invoice with what its order has paid beforehand, or with what is left of a payment, as far as it goes.',
  request: NewDepositUse,
  result: Applied,
  perform: async (tx, requests) => {
    const { write } = await amountsOf(tx)
    const documentOf = await documentsByNumber(
      tx,
      requests.map(({ invoice }) => invoice),
    )
    const captured = await capturesByReference(
      tx,
      requests.flatMap(({ payment }) => payment ?? []),
    )
    const uses = requests.map(({ order, payment, invoice, on }) => {
      if ((order === undefined) === (payment === undefined))
        throw new Refusal('input_invalid', { invoice, for: 'an order or a payment' })
      const paymentId = payment === undefined ? undefined : captured.shift()?.id
      const from = paymentId === undefined ? { orderReference: order as string } : { paymentId }
      return { ...from, documentId: documentOf(invoice), on }
    })
    return (await applyDeposits(tx, uses)).map((minor) => ({ amount: write(minor) }))
  },
})

const fees = listRoute({
  path: 'fees',
  tag,
  permission: 'payments.write',
  summary: 'Charge fees',
  description: 'What a processor or marketplace kept.',
  request: NewFee,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    const charged = requests.map(({ net, tax, ...fee }) => ({
      ...fee,
      netMinor: read(net, fee.currency),
      ...(tax === undefined ? {} : { taxMinor: read(tax, fee.currency) }),
    }))
    return (await chargeFees(tx, charged)).map(postedView)
  },
})

const payouts = listRoute({
  path: 'payouts',
  tag,
  permission: 'payments.write',
  summary: 'Record payouts',
  description: 'From the clearing account of a processor through transit to the bank; below zero the other way.',
  request: NewPayout,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    return (
      await recordPayouts(
        tx,
        requests.map(({ amount, arrived, ...payout }) => ({
          ...payout,
          amountMinor: read(amount, payout.currency),
          arrived: arrived && { currency: arrived.currency, amountMinor: read(arrived.amount, arrived.currency) },
        })),
      )
    ).map(postedView)
  },
})

export const paymentRoutes = [captures, refunds, received, deposits, fees, payouts].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
