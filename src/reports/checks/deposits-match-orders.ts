import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenParty = Broken & { party: string | null; currency: string; ledger: bigint; deposits: bigint }

/** What is left of each customer's deposits, net of tax, is what the deposit accounts hold for that customer, in each currency. */
export const depositsMatchOrders: Check = {
  name: 'deposits-match-orders',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenParty>(tx, depositsBesideLedger, 'party nulls first, currency')
    return outcomeOf(
      compared,
      broken.map(({ party, currency, ledger, deposits, what }) => ({
        party,
        what,
        ledger: moneyJson(ledger, currency),
        deposits: moneyJson(deposits, currency),
      })),
    )
  },
}

const depositsBesideLedger = `
  select p.number as party, currency, coalesce(l.amount_minor, 0) as ledger, coalesce(d.amount_minor, 0) as deposits,
      case when coalesce(l.amount_minor, 0) <> coalesce(d.amount_minor, 0) then 'what is left of the deposits is not what the account holds'
        when coalesce(l.base_minor, 0) <> coalesce(d.base_minor, 0) then 'what is left of the deposits stands at another base value than the account' end as what
    from (
      select coalesce(l.party_id, 0) as party_id, l.currency, -sum(l.currency_amount_minor)::bigint as amount_minor,
          -sum(l.amount_minor)::bigint as base_minor
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id
        where a.company_id = $1 and a.role = 'customer_deposits' group by 1, 2
    ) l
    full join (
      select coalesce(party_id, 0) as party_id, currency, sum(net_minor - applied_net_minor)::bigint as amount_minor,
          sum(base_net_minor - applied_base_net_minor)::bigint as base_minor
        from deposit where company_id = $1 group by 1, 2
    ) d using (party_id, currency)
    left join party p on p.company_id = $1 and p.id = party_id`
