import { moneyJson } from '../../kernel/money.ts'
import { companyHeading } from '../report.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenParty = Broken & {
  party: string | null
  currency: string
  ledger: bigint
  open_items: bigint
  ledger_base: bigint
  open_items_base: bigint
}

/** What the open items of each party add up to is what the control accounts hold for that party, in each currency. */
export const partiesBesideLedger = (
  name: Check['name'],
  { ledger, kept }: { ledger: 'receivable' | 'payable'; kept: 'customer' | 'supplier' },
): Check => ({
  name,
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenParty>(
      tx,
      comparison(ledger, kept),
      'party nulls first, currency',
    )
    const { currency: base } = await companyHeading(tx)
    return outcomeOf(
      compared,
      broken.map(({ party, currency, ledger: held, open_items, ledger_base, open_items_base, what }) => ({
        party,
        what,
        ledger: moneyJson(held, currency),
        openItems: moneyJson(open_items, currency),
        ...(held === open_items
          ? { ledgerBase: moneyJson(ledger_base, base), openItemsBase: moneyJson(open_items_base, base) }
          : {}),
      })),
    )
  },
})

// Coalesced to an id that no party has, since a join does not match what is null.
const comparison = (ledger: 'receivable' | 'payable', kept: 'customer' | 'supplier') => `
  select p.number as party, currency, coalesce(l.amount_minor, 0) as ledger, coalesce(i.amount_minor, 0) as open_items,
      coalesce(l.base_minor, 0) as ledger_base, coalesce(i.base_minor, 0) as open_items_base,
      case
        when party_id = 0 then 'lines on a ${ledger} account name no ${kept}'
        when p.id is null then 'there is no such party'
        when p.kind <> '${kept}' then 'a ${ledger} account is kept by ${kept}s, and this party is none'
        when coalesce(l.amount_minor, 0) <> coalesce(i.amount_minor, 0) then 'the open items are not what the account holds'
        when coalesce(l.base_minor, 0) <> coalesce(i.base_minor, 0) then 'the open items stand at another base value than the account'
      end as what
    from (
      select coalesce(l.party_id, 0) as party_id, l.currency, sum(l.currency_amount_minor)::bigint as amount_minor,
          sum(l.amount_minor)::bigint as base_minor
        from account a join journal_line l on l.company_id = $1 and l.account_id = a.id
        where a.company_id = $1 and a.role = '${ledger}' group by 1, 2
    ) l
    full join (
      select party_id, currency, sum(amount_minor)::bigint as amount_minor, sum(base_minor - applied_base_minor)::bigint as base_minor
        from open_item where company_id = $1 and ledger = '${ledger}' group by 1, 2
    ) i using (party_id, currency)
    left join party p on p.company_id = $1 and p.id = party_id`
