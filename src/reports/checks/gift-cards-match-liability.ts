import { moneyJson } from '../../kernel/money.ts'
import { shownCard } from '../sub-ledgers.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenCard = Broken & { card: string | null; currency: string; ledger: bigint; movements: bigint }

/**
 * What is left on each gift card, sold less used, refunded and lapsed, is what the liability accounts hold for that card; with its tax it is
 * what the card says that its holder can pay with.
 */
export const giftCardsMatchLiability: Check = {
  name: 'gift-cards-match-liability',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenCard>(tx, cardsBesideLedger, 'card nulls first, currency')
    return outcomeOf(
      compared,
      broken.map(({ card, currency, ledger, movements, what }) => ({
        card,
        what,
        ledger: moneyJson(ledger, currency),
        movements: moneyJson(movements, currency),
      })),
    )
  },
}

const cardsBesideLedger = `
  select ${shownCard} as card, coalesce(l.currency, m.currency) as currency, coalesce(l.amount_minor, 0) as ledger, coalesce(m.amount_minor, 0) as movements,
      case
        when gift_card_id = 0 then 'lines on a gift card account name no card'
        when coalesce(l.amount_minor, 0) <> coalesce(m.amount_minor, 0) then 'what is left on the card is not what the account holds'
        when g.balance_minor <> coalesce(m.gross_minor, 0) then 'what the card can pay with is not what its movements left on it'
      end as what
    from (
      select coalesce(l.gift_card_id, 0) as gift_card_id, l.currency, -sum(l.currency_amount_minor)::bigint as amount_minor
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id
        where a.company_id = $1 and a.role = 'gift_card_liability' group by 1, 2
    ) l
    full join (
      select m.gift_card_id, g.currency, sum(m.amount_minor)::bigint as amount_minor, sum(m.amount_minor + m.tax_minor) as gross_minor
        from gift_card_movement m join gift_card g on g.company_id = $1 and g.id = m.gift_card_id
        where m.company_id = $1 group by 1, 2
    ) m using (gift_card_id, currency)
    left join gift_card g on g.company_id = $1 and g.id = gift_card_id`
