import {
  NewGiftCardBreakage,
  NewGiftCardRedemption,
  NewGiftCardRefund,
  NewGiftCardSale,
  NewStoreCredit,
  NewStoreCreditPayout,
  NewStoreCreditUse,
  PostedEntry,
} from '../contracts/facts.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  codesOfCards,
  type GiftCardGivenUp,
  giveUpGiftCards,
  redeemGiftCards,
  sellGiftCards,
} from '../modules/gift-cards/index.ts'
import { findCustomers } from '../modules/parties/index.ts'
import { documentsByNumber } from '../modules/sales/index.ts'
import { moveStoreCredit } from '../modules/store-credit/index.ts'
import { amountsOf, postedView } from './amounts.ts'
import { newApi } from './api.ts'
import { listRoute } from './list-route.ts'

const permission = 'payments.write'

type WhichCard = { code?: string | undefined; card?: string | undefined }

/** Requests with the code of their card, be it named by code or by id. */
async function withCodes<Request extends WhichCard>(tx: Tx, requests: readonly Request[]) {
  const codeOf = await codesOfCards(
    tx,
    requests.flatMap(({ card }) => card ?? []),
  )
  return requests.map(({ code, card, ...more }) => {
    if ((code === undefined) === (card === undefined))
      throw new Refusal('input_invalid', { card: card ?? null, expected: 'the code of a card, or its id' })
    return { ...more, code: code ?? codeOf(card as string) }
  })
}

/** What pays invoices: the invoice by its id, the amount in minor units. */
async function payingInvoices<Request extends { invoice: string; amount: string }>(
  tx: Tx,
  requests: readonly Request[],
) {
  const { read } = await amountsOf(tx)
  const documentOf = await documentsByNumber(
    tx,
    requests.map(({ invoice }) => invoice),
  )
  return requests.map(({ invoice, amount, ...more }) => ({
    ...more,
    documentId: documentOf(invoice),
    amountMinor: read(amount),
  }))
}

/** Gives up what is left on cards, or as much as is said. */
async function giveUp(
  tx: Tx,
  kind: GiftCardGivenUp['kind'],
  requests: readonly (Omit<GiftCardGivenUp, 'kind' | 'amountMinor' | 'code'> &
    WhichCard & { amount?: string | undefined })[],
) {
  const { readIfGiven } = await amountsOf(tx)
  const given = (await withCodes(tx, requests)).map(({ amount, ...card }) => ({
    ...card,
    kind,
    amountMinor: readIfGiven(amount),
  }))
  return (await giveUpGiftCards(tx, given)).map(postedView)
}

const cardSales = listRoute({
  path: 'gift-cards/sales',
  tag: 'Gift cards',
  permission,
  summary: 'Sell gift cards',
  description: 'A multi-purpose card is taxed when it is used, a single-purpose card when it is sold.',
  request: NewGiftCardSale,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    return (
      await sellGiftCards(
        tx,
        requests.map(({ paid, ...sale }) => ({ ...sale, paidMinor: read(paid) })),
      )
    ).map(postedView)
  },
})

const cardRedemptions = listRoute({
  path: 'gift-cards/redemptions',
  tag: 'Gift cards',
  permission,
  summary: 'Redeem gift cards',
  description: 'A means of payment for an invoice, never for more than the card holds.',
  request: NewGiftCardRedemption,
  result: PostedEntry,
  perform: async (tx, requests) =>
    (await redeemGiftCards(tx, await withCodes(tx, await payingInvoices(tx, requests)))).map(postedView),
})

const cardRefunds = listRoute({
  path: 'gift-cards/refunds',
  tag: 'Gift cards',
  summary: 'Refund gift cards',
  permission,
  description:
    'What is left on a card goes back to its holder through a processor, with the tax of a single-purpose card.',
  request: NewGiftCardRefund,
  result: PostedEntry,
  perform: (tx, requests) => giveUp(tx, 'refunded', requests),
})

const cardBreakage = listRoute({
  path: 'gift-cards/breakage',
  tag: 'Gift cards',
  summary: 'Take gift cards as breakage',
  permission,
  description: 'What nobody will use any more becomes income. The tax of a single-purpose card stays declared.',
  request: NewGiftCardBreakage,
  result: PostedEntry,
  perform: (tx, requests) => giveUp(tx, 'lapsed', requests),
})

const creditIssued = listRoute({
  path: 'store-credit/issues',
  tag: 'Store credit',
  summary: 'Issue store credit',
  permission,
  description: 'What a credit note owes waits as credit that the customer can pay with.',
  request: NewStoreCredit,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const { readIfGiven } = await amountsOf(tx)
    const documentOf = await documentsByNumber(
      tx,
      requests.map(({ creditNote }) => creditNote),
    )
    const issued = requests.map(({ creditNote, amount, ...one }) => ({
      ...one,
      kind: 'issued' as const,
      documentId: documentOf(creditNote),
      amountMinor: readIfGiven(amount),
    }))
    return (await moveStoreCredit(tx, issued)).map(postedView)
  },
})

const creditRedeemed = listRoute({
  path: 'store-credit/redemptions',
  tag: 'Store credit',
  summary: 'Redeem store credit',
  permission,
  description: 'Pays an invoice of the same customer, never for more than the customer has.',
  request: NewStoreCreditUse,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const redeemed = (await payingInvoices(tx, requests)).map((one) => ({ ...one, kind: 'redeemed' as const }))
    return (await moveStoreCredit(tx, redeemed)).map(postedView)
  },
})

const creditCashed = listRoute({
  path: 'store-credit/payouts',
  tag: 'Store credit',
  summary: 'Pay store credit out',
  permission,
  description: 'The customer gets money instead.',
  request: NewStoreCreditPayout,
  result: PostedEntry,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    const customers = await findCustomers(
      tx,
      requests.map(({ customer }) => customer),
    )
    const cashed = requests.map(({ customer, amount, ...one }) => {
      const party = customers.get(customer)
      if (party === undefined) throw new Refusal('customer_unknown', { customer })
      return { ...one, kind: 'cashed' as const, partyId: party.id, amountMinor: read(amount) }
    })
    return (await moveStoreCredit(tx, cashed)).map(postedView)
  },
})

export const cardRoutes = [
  cardSales,
  cardRedemptions,
  cardRefunds,
  cardBreakage,
  creditIssued,
  creditRedeemed,
  creditCashed,
].reduce((all, each) => all.route('/', each), newApi())
