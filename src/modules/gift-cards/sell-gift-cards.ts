import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { type GiftCardSold, giftCardSold } from '../../posting/gift-card-sold.ts'
import { post } from '../../posting/post.ts'
import { listTaxCodes, rateOn, type TaxCode, taxInGross } from '../tax/index.ts'
import { refuseExpired, shownCode } from './gift-cards.ts'
import { moveGiftCards } from './move-gift-cards.ts'

/** `paidMinor` is what the buyer paid, tax included. A single-purpose card names the tax code of what it buys. */
export type GiftCardSale = {
  reference: string
  code: string
  purpose: 'multi' | 'single'
  taxCode?: string | null
  on: AccountingDate
  paidMinor: bigint
  method: string
  partyId?: bigint | null
  /** The last day on which it pays. What is put on a card later says the same, or nothing. */
  expiresOn?: AccountingDate | undefined
}

type Card = { id: bigint; code: string; purpose: string; taxCodeId: bigint | null; expiresOn: AccountingDate | null }

/**
 * Sells gift cards, or puts more on cards sold before. Refuses `amount_not_positive`, `tax_code_unknown`, `gift_card_differs` for a card
 * that was sold with another purpose, tax code or last day, `gift_card_expired`. A retry finds its entry.
 */
export async function sellGiftCards(tx: Tx, sales: readonly GiftCardSale[]): Promise<Posted[]> {
  refuseRepeated(sales.map(({ reference }) => reference))
  for (const { paidMinor, reference } of sales)
    if (paidMinor <= 0n) throw new Refusal('amount_not_positive', { reference })
  const codes = new Map((await listTaxCodes(tx)).map((code) => [code.code, code]))
  const taxed = sales.map((sale) => ({ ...sale, tax: taxCodeOf(sale, codes) }))
  const cards = await saveCards(tx, taxed)
  const facts = taxed.map((sale) => factOf(sale, cards))
  const posted = await post(tx, giftCardSold(facts))
  await moveGiftCards(
    tx,
    facts
      .filter((_, index) => posted[index]?.existing === false)
      .map(({ giftCardId, id, date, netMinor, taxMinor }) => ({
        giftCardId,
        kind: 'sold',
        sourceKind: 'gift_card_sale',
        sourceId: id,
        movedOn: date,
        amountMinor: netMinor,
        taxMinor,
      })),
  )
  return posted
}

function taxCodeOf({ purpose, taxCode }: GiftCardSale, codes: ReadonlyMap<string, TaxCode>): TaxCode | null {
  if (purpose === 'multi') return null
  const code = codes.get(taxCode ?? 'standard')
  if (code === undefined) throw new Refusal('tax_code_unknown', { code: taxCode })
  return code
}

type TaxedSale = GiftCardSale & { tax: TaxCode | null }

async function saveCards(tx: Tx, sales: readonly TaxedSale[]): Promise<Map<string, Card>> {
  const wanted = [...new Map(sales.map((sale) => [sale.code, sale])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  )
  const { currency } = only(await tx.query<{ currency: string }>('select base_currency as currency from company'))
  const values = column(wanted, (sale) => sale.code)
  await tx.query(
    `insert into gift_card (company_id, code, currency, purpose, tax_code_id, expires_on)
       select $1, c.code, $6, c.purpose, c.tax_code_id, c.expires_on
         from unnest($2::text[], $3::text[], $4::bigint[], $5::date[]) as c (code, purpose, tax_code_id, expires_on)
       on conflict (company_id, code) do nothing`,
    [
      tx.companyId,
      values,
      column(wanted, (sale) => sale.purpose),
      column(wanted, (sale) => sale.tax?.id),
      column(wanted, (sale) => sale.expiresOn),
      currency,
    ],
  )
  const rows = await tx.query<Card>(
    `select g.id, g.code, g.purpose, g.tax_code_id as "taxCodeId", g.expires_on as "expiresOn" from unnest($2::text[]) as wanted (code)
       join gift_card g on g.company_id = $1 and g.code = wanted.code`,
    [tx.companyId, values],
  )
  const cards = new Map(rows.map((card) => [card.code, card]))
  for (const { code, purpose, tax, on, expiresOn } of sales) {
    const card = cards.get(code)
    const otherDay = expiresOn !== undefined && expiresOn !== card?.expiresOn
    if (card?.purpose !== purpose || card.taxCodeId !== (tax?.id ?? null) || otherDay)
      throw new Refusal('gift_card_differs', { code: shownCode(code) })
    refuseExpired(card, on)
  }
  return cards
}

function factOf(sale: TaxedSale, cards: ReadonlyMap<string, Card>): GiftCardSold {
  const { reference, code, on, paidMinor, method, partyId, tax } = sale
  const taxMinor = tax === null ? 0n : taxInGross(paidMinor, rateOn(tax, on))
  return {
    id: reference,
    date: on,
    giftCardId: (cards.get(code) as Card).id,
    partyId,
    method,
    reference,
    netMinor: paidMinor - taxMinor,
    taxMinor,
    taxCodeId: tax?.id ?? null,
    taxAuthority: tax?.authority ?? null,
  }
}
