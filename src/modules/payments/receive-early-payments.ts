import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { decimal, multiplyMinor } from '../../kernel/decimal.ts'
import { allocate, formatMinor, toldAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import type { JournalDraft } from '../../posting/draft.ts'
import {
  type DiscountedInvoice,
  type DiscountPart,
  earlyPaymentDiscountTaken,
  splitDiscount,
} from '../../posting/early-payment-discount-taken.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad } from '../../posting/exchange.ts'
import { post } from '../../posting/post.ts'
import { findOrAddParties } from '../parties/index.ts'
import type { RateBook } from '../rates/index.ts'
import { applyItems, ItemsLeft, lockItemsOf, type OpenItem, openItems, sourceKey } from '../receivables/index.ts'
import type { PaymentOutcome } from './capture-payments.ts'
import { ratesOfPayments, settledAmount, smaller } from './other-currencies.ts'
import { savePayments } from './save-payments.ts'

/**
 * Money of a customer, above zero, that settles all that is open of the invoices that it names: what it falls short of that is the discount which
 * their terms allow. In another currency than the invoices' it pays `settlesMinor` of them, or as much as the day's rates say.
 */
export type EarlyPayment = {
  source: string
  reference: string
  into: 'bank' | 'cash' | 'payment_clearing'
  /** The processor, where it took the money. */
  method?: string | undefined
  customer: { number: string; name: string }
  documentIds: readonly bigint[]
  on: AccountingDate
  amountMinor: bigint
  /** Without it the base currency. */
  currency?: string | undefined
  settlesMinor?: bigint | undefined
}

type Wanted = EarlyPayment & { partyId: bigint; currency: string; method: string }
type Settled = DiscountedInvoice & { item: OpenItem; amountMinor: bigint; baseMinor: bigint }
type Received = Wanted & { paymentId: bigint; settlesIn: string; invoices: Settled[] }

/**
 * Receives payments that take the discount of their terms. The tax falls with the price, by the tax codes of each invoice less its own credit
 * notes. Refuses `amount_not_positive` for no money or no discount, `document_unknown` for an invoice that is not the customer's,
 * `open_items_of_different_parties` for invoices in several currencies, `open_item_exceeded` for more than is open, `discount_not_offered` for more
 * than the terms allow or after their day, `rate_missing`. A retry does nothing more.
 */
export async function receiveEarlyPayments(tx: Tx, requests: readonly EarlyPayment[]): Promise<PaymentOutcome[]> {
  if (requests.length === 0) return []
  refuseRepeated(requests.map(({ source, reference }) => `${source} ${reference}`))
  for (const request of requests) refuseInvalid(request)
  const customers = requests.map(({ customer }) => ({ ...customer, kind: 'customer' as const }))
  const parties = await findOrAddParties(tx, 'customer', customers)
  const items = await lockItemsOf(tx, requests.flatMap(sourcesOf))
  const rates = await ratesOfPayments(tx, requests, (request) => sourcesOf(request).map((s) => items.get(sourceKey(s))))
  const wanted = requests.map(
    (request): Wanted => ({
      ...request,
      currency: request.currency ?? rates.base,
      partyId: parties.get(request.customer.number)?.id as bigint,
      method: request.into === 'payment_clearing' ? (request.method ?? 'card') : request.into,
    }),
  )
  const ids = await savePayments(tx, wanted.map(newPayment))
  const terms = await termsOf(tx, requests)
  const left = new ItemsLeft(items.values())
  const received = wanted.flatMap((request, index): Received[] => {
    const paymentId = ids[index]
    return paymentId === undefined ? [] : [{ ...request, paymentId, ...settle(request, { items, left, rates, terms }) }]
  })
  const drafts = earlyPaymentDiscountTaken(
    received.map(({ paymentId, on, ...one }) => ({ ...one, id: String(paymentId), date: on })),
  )
  const posted = await post(
    tx,
    drafts.map((entry, index) => inItsCurrency(entry, received[index] as Received, rates)),
  )
  await settleItems(tx, received, posted)
  return ids.map((id) => ({ paymentId: id ?? null, result: id === undefined ? 'existing' : 'created' }))
}

const sourcesOf = ({ documentIds }: EarlyPayment) =>
  documentIds.map((id) => ({ sourceKind: 'sales_document', sourceId: String(id) }))

function refuseInvalid({ reference, amountMinor, currency, documentIds }: EarlyPayment): void {
  if (amountMinor <= 0n) throw new Refusal('amount_not_positive', { reference, ...toldAmount(amountMinor, currency) })
  if (documentIds.length === 0 || new Set(documentIds).size < documentIds.length)
    throw new Refusal('input_invalid', { reference, invoices: 'at least one, and each of them once' })
}

const newPayment = (request: Wanted) => ({
  ...request,
  kind: 'capture' as const,
  documentId: request.documentIds.length === 1 ? request.documentIds[0] : null,
  paidOn: request.on,
})

/** What an invoice offers, and what of it is left by tax code after its credit notes. */
type Terms = {
  percent: string
  until: AccountingDate
  parts: Omit<DiscountPart, 'bookedNetMinor' | 'bookedTaxMinor'>[]
}

async function termsOf(tx: Tx, requests: readonly EarlyPayment[]): Promise<Map<bigint, Terms>> {
  const rows = await tx.query<Terms['parts'][number] & { documentId: bigint; percent: string; until: AccountingDate }>(
    `with wanted as (
        select t.document_id as id, t.percent::text as percent, least(t.until, e.ends_on - 1) as until
          from (select distinct unnest($2::bigint[]) as id) as w
          join early_payment_term t on t.company_id = $1 and t.document_id = w.id
          left join early_payment_ending e on e.company_id = $1 and e.document_id = t.document_id
      ), document as (
        select w.id as invoice_id, d.id, d.net_minor from wanted w join sales_document d on d.company_id = $1 and d.id = w.id
        union all
        select w.id, d.id, d.net_minor from wanted w join sales_document d on d.company_id = $1 and d.credits_document_id = w.id
      ), part as (
        select d.invoice_id, x.tax_code_id, x.base_minor, x.tax_minor
          from document d join sales_document_tax x on x.company_id = $1 and x.document_id = d.id
        union all
        select d.invoice_id, null, d.net_minor
            - coalesce((select sum(x.base_minor) from sales_document_tax x where x.company_id = $1 and x.document_id = d.id), 0), 0
          from document d
      )
      select w.id as "documentId", w.percent, w.until, p.tax_code_id as "taxCodeId", t.authority as "taxAuthority",
          sum(p.base_minor)::bigint as "netMinor", sum(p.tax_minor)::bigint as "taxMinor"
        from wanted w join part p on p.invoice_id = w.id
        left join tax_code t on t.company_id = $1 and t.id = p.tax_code_id
        group by w.id, w.percent, w.until, p.tax_code_id, t.authority
        having sum(p.base_minor) <> 0 or sum(p.tax_minor) <> 0
        order by w.id, p.tax_code_id`,
    [
      tx.companyId,
      column(
        requests.flatMap(({ documentIds }) => documentIds),
        (id) => id,
      ),
    ],
  )
  const terms = new Map<bigint, Terms>()
  for (const { documentId, percent, until, ...part } of rows) {
    const known = terms.get(documentId)
    if (known === undefined) terms.set(documentId, { percent, until, parts: [part] })
    else known.parts.push(part)
  }
  return terms
}

type Known = {
  items: ReadonlyMap<string, OpenItem>
  left: ItemsLeft
  rates: RateBook
  terms: ReadonlyMap<bigint, Terms>
}

function settle(request: Wanted, { items, left, rates, terms }: Known): Pick<Received, 'settlesIn' | 'invoices'> {
  const { reference, documentIds, on } = request
  const owed = documentIds.map((documentId) => {
    const item = items.get(sourceKey({ sourceKind: 'sales_document', sourceId: String(documentId) }))
    if (item === undefined || item.partyId !== request.partyId)
      throw new Refusal('document_unknown', { document: documentId, reference })
    const offered = terms.get(documentId)
    const open = left.of(item.id)
    return { documentId, item, open, offered, most: smaller(mostOf(offered, on), open) }
  })
  const settlesIn = owed[0]?.item.currency ?? request.currency
  if (owed.some(({ item }) => item.currency !== settlesIn))
    throw new Refusal('open_items_of_different_parties', { reference })
  const paid = settledAmount(request, settlesIn, rates)
  const [open, most] = [total(owed.map((one) => one.open)), total(owed.map((one) => one.most))]
  const discount = open - paid
  if (discount < 0n || owed.some((one) => one.open <= 0n))
    throw new Refusal('open_item_exceeded', { reference, open: formatMinor(open, settlesIn) })
  if (discount === 0n) throw new Refusal('amount_not_positive', { reference, discount })
  if (discount > most)
    throw new Refusal('discount_not_offered', {
      reference,
      discount: formatMinor(discount, settlesIn),
      offered: formatMinor(most, settlesIn),
    })
  const shares = allocate(
    discount,
    owed.map((one) => one.most),
  )
  const invoices = owed.map(({ documentId, item, open, offered }, index): Settled => {
    const grossMinor = shares[index] as bigint
    const paidMinor = open - grossMinor
    const paidBase = paidMinor === 0n ? 0n : left.take(item.id, paidMinor)
    const baseMinor = grossMinor === 0n ? 0n : left.take(item.id, grossMinor)
    const discounts = grossMinor === 0n ? [] : splitDiscount({ grossMinor, baseMinor }, offered?.parts ?? [])
    const whole = { amountMinor: open, baseMinor: paidBase + baseMinor }
    return { documentId, item, paidMinor, discounts, receivableBookedMinor: whole.baseMinor, ...whole }
  })
  return { settlesIn, invoices }
}

/** The most that a customer may keep on that day: of the gross that is left of the invoice, rounded to the minor unit. */
function mostOf(terms: Terms | undefined, on: AccountingDate): bigint {
  if (terms === undefined || on > terms.until) return 0n
  const gross = total(terms.parts.map(({ netMinor, taxMinor }) => netMinor + taxMinor))
  const { unscaled, scale } = decimal(terms.percent)
  return gross <= 0n ? 0n : multiplyMinor(gross, { unscaled, scale: scale + 2 })
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

function inItsCurrency(entry: JournalDraft, received: Received, { base, rateOn }: RateBook): JournalDraft {
  const { currency, settlesIn, amountMinor, on } = received
  const rate = currency === base ? null : rateOn(currency, on)
  if (settlesIn === currency) return abroad(entry, { currency, base, rate })
  return abroad(entry, { currency: settlesIn, base, rate: null, money: { currency, amountMinor, rate } })
}

async function settleItems(tx: Tx, received: readonly Received[], posted: readonly Posted[]): Promise<void> {
  const opened = await openItems(
    tx,
    received.map(({ paymentId, partyId, on, settlesIn, invoices }, index) => ({
      partyId,
      sourceKind: 'payment',
      sourceId: String(paymentId),
      openedOn: (posted[index] as Posted).postedOn,
      dueOn: on,
      currency: settlesIn,
      amountMinor: -total(invoices.map(({ amountMinor }) => amountMinor)),
      baseMinor: -total(invoices.map(({ baseMinor }) => baseMinor)),
    })),
  )
  await applyItems(
    tx,
    received.flatMap(({ invoices, on }, index) =>
      invoices.map(({ item, amountMinor, baseMinor }) => ({
        debitItemId: item.id,
        creditItemId: opened[index] as bigint,
        appliedOn: on,
        amountMinor,
        baseMinor,
      })),
    ),
  )
}
