import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenCredit = Broken & { party: string | null; currency: string; ledger: bigint; movements: bigint }

/**
 * What is left of each customer's store credit, issued less used and paid out, is what the liability accounts hold for that customer, and what
 * the customer can pay with.
 */
export const storeCreditMatchesLiability: Check = {
  name: 'store-credit-matches-liability',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenCredit>(tx, creditBesideLedger, 'party nulls first, currency')
    return outcomeOf(
      compared,
      broken.map(({ party, currency, ledger, movements, what }) => ({
        party,
        what,
        ledger: moneyJson(ledger, currency),
        movements: moneyJson(movements, currency),
      })),
    )
  },
}

const creditBesideLedger = `
  select p.number as party, currency, coalesce(l.amount_minor, 0) as ledger, coalesce(m.amount_minor, 0) as movements,
      case
        when party_id = 0 then 'lines on a store credit account name no customer'
        when coalesce(l.amount_minor, 0) <> coalesce(m.amount_minor, 0) then 'what is left of the store credit is not what the account holds'
        when coalesce(s.balance_minor, 0) <> coalesce(m.amount_minor, 0) then 'what the customer can pay with is not what the movements left'
      end as what
    from (
      select coalesce(l.party_id, 0) as party_id, l.currency, -sum(l.currency_amount_minor)::bigint as amount_minor
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id
        where a.company_id = $1 and a.role = 'store_credit_liability' group by 1, 2
    ) l
    full join (
      select party_id, currency, sum(amount_minor)::bigint as amount_minor from store_credit_movement where company_id = $1 group by 1, 2
    ) m using (party_id, currency)
    full join (select party_id, currency, balance_minor from store_credit where company_id = $1) s using (party_id, currency)
    left join party p on p.company_id = $1 and p.id = party_id`
