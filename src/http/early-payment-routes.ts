import type { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import {
  NewEarlyPayment,
  NewEarlyPaymentTerms,
  NewForfeiture,
  PostedEntry,
  Saved,
  SavedPayment,
} from '../contracts/facts.ts'
import { EarlyPaymentEnding, EarlyPaymentTerm } from '../contracts/resources.ts'
import { capturesByReference, receiveEarlyPayments } from '../modules/payments/index.ts'
import {
  currenciesOf,
  documentsByNumber,
  endEarlyPayment,
  lockEarlyPayment,
  offerEarlyPayment,
} from '../modules/sales/index.ts'
import { forfeitOrAsk } from '../modules/second-person/index.ts'
import { amountsOf, postedView } from './amounts.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { listRoute } from './list-route.ts'
import { readEarlyPaymentTerm } from './resource-routes.ts'
import { viewsOf } from './waiting.ts'

const terms = listRoute({
  path: 'invoices/early-payment-terms',
  tag: 'Sales',
  permission: 'sales.write',
  summary: 'Offer discounts for early payment',
  description: 'What customers may keep of invoices by paying them until a day. Offered once.',
  request: NewEarlyPaymentTerms,
  result: Saved,
  perform: async (tx, requests) => {
    const documentOf = await documentsByNumber(
      tx,
      requests.map(({ invoice }) => invoice),
    )
    await offerEarlyPayment(
      tx,
      requests.map(({ invoice, ...offer }) => ({ ...offer, documentId: documentOf(invoice) })),
    )
    return requests.map(() => ({ result: 'saved' as const }))
  },
})

const payments = listRoute({
  path: 'payments/early',
  tag: 'Payments',
  permission: 'payments.write',
  summary: 'Receive payments less a discount for paying early',
  description:
    'Settles all that is open of the invoices: what the money falls short of it is the discount, within the terms. The tax falls with the price.',
  request: NewEarlyPayment,
  result: SavedPayment,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    const documentOf = await documentsByNumber(
      tx,
      requests.flatMap(({ invoices }) => invoices),
    )
    const ids = requests.map(({ invoices }) => invoices.map(documentOf))
    const inItems = await currenciesOf(tx, ids.flat())
    const outcomes = await receiveEarlyPayments(
      tx,
      requests.map(({ invoices: _, amount, settles, customer, ...payment }, index) => ({
        ...payment,
        customer: { number: customer.number, name: customer.name ?? customer.number },
        amountMinor: read(amount, payment.currency),
        settlesMinor: settles === undefined ? undefined : read(settles, inItems(ids[index]?.[0])),
        documentIds: ids[index] ?? [],
      })),
    )
    return outcomes.map(({ result, paymentId }) => ({
      result,
      paymentId: paymentId === null ? null : String(paymentId),
    }))
  },
})

const forfeitures = listRoute({
  path: 'deposits/forfeitures',
  tag: 'Payments',
  permission: 'journal.post',
  summary: 'Keep deposits that are forfeited',
  description:
    'All that is left of a prepayment becomes other income; its tax stays declared. Refund what goes back before.',
  request: NewForfeiture,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const captured = await capturesByReference(
      tx,
      requests.map(({ payment }) => payment),
    )
    const forfeits = requests.map(({ payment: _, ...forfeit }, index) => ({
      ...forfeit,
      paymentId: captured[index]?.id as bigint,
    }))
    return viewsOf(await forfeitOrAsk(tx, forfeits, mode), postedView)
  },
})

const endings = newApi().openapi(
  route({
    method: 'post',
    path: '/companies/{companyId}/early-payment-terms/{documentId}/end',
    tags: ['Sales'],
    permission: 'sales.write',
    summary: 'End a discount for paying early',
    description:
      'From a day on it cannot be taken any more. What was paid before that day keeps it. One that was ended stays as it was ended.',
    request: {
      params: companyParams.extend({ documentId: Id }),
      headers: changeHeaders,
      body: body(EarlyPaymentEnding),
    },
    responses: { 200: json(EarlyPaymentTerm, 'The discount as it is now.') },
  }),
  async (c) =>
    await command(c, 200, async (tx) => {
      const { documentId } = c.req.valid('param')
      await lockEarlyPayment(tx, [BigInt(documentId)])
      refuseIfChanged(c, await readEarlyPaymentTerm(tx, documentId))
      await endEarlyPayment(tx, [{ ...c.req.valid('json'), documentId: BigInt(documentId) }])
      return (await readEarlyPaymentTerm(tx, documentId)) as z.infer<typeof EarlyPaymentTerm>
    }),
)

export const earlyPaymentRoutes = [terms, payments, forfeitures, endings].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
