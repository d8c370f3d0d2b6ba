import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenItem = Broken & {
  id: bigint
  party: string | null
  currency: string
  amount_minor: bigint
  applied_minor: bigint
  applications: bigint
}

/**
 * What an open item says is settled of it is the sum of its applications, within its amount, against items of the same customer or supplier,
 * and on no day before both were open; and what it says of its document is so, and what applications say of it.
 */
export const openItemsMatchApplications: Check = {
  name: 'open-items-match-applications',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenItem>(tx, itemsBesideApplications, 'id')
    return outcomeOf(
      compared,
      broken.map(({ id, party, currency, amount_minor, applied_minor, applications, what }) => ({
        itemId: String(id),
        party,
        what,
        amount: moneyJson(amount_minor, currency),
        applied: moneyJson(applied_minor, currency),
        applications: moneyJson(applications, currency),
      })),
    )
  },
}

const itemsBesideApplications = `
  with application as (
    select a.debit_item_id, a.credit_item_id, a.amount_minor, (d.ledger, d.party_id, d.currency) is distinct from (c.ledger, c.party_id, c.currency) as another,
        a.applied_on < greatest(d.opened_on, c.opened_on) as early,
        (a.debit_opened_on, a.credit_opened_on) is distinct from (d.opened_on, c.opened_on) as redated
      from open_item_application a
      left join open_item d on d.company_id = $1 and d.id = a.debit_item_id
      left join open_item c on c.company_id = $1 and c.id = a.credit_item_id
      where a.company_id = $1
  )
  select i.id, p.number as party, i.currency, i.amount_minor, i.applied_minor, coalesce(s.applications, 0) as applications,
      case
        when i.applied_minor <> coalesce(s.applications, 0) then 'its applications are not what it says is settled'
        when abs(i.applied_minor) > abs(i.amount_minor) or i.applied_minor * sign(i.amount_minor) < 0 then 'more is settled than it amounts to'
        when s.another then 'it is applied to an item of another party or currency'
        when i.document_id is not null and i.issued_on is distinct from d.issued_on then 'it says of its document that it was issued on another day'
        when s.redated then 'an application says that it or the other item was opened on another day'
        when s.early then 'it is settled on a day on which it or the other item was not open yet'
      end as what
    from open_item i
    left join party p on p.company_id = $1 and p.id = i.party_id
    left join sales_document d on d.company_id = $1 and d.id = i.document_id
    left join (
      select item_id, sum(amount_minor)::bigint as applications, bool_or(another) as another, bool_or(early) as early, bool_or(redated) as redated
        from (
          select debit_item_id as item_id, amount_minor, another, early, redated from application
          union all
          select credit_item_id, -amount_minor, another, early, redated from application
        ) both_sides group by item_id
    ) s on s.item_id = i.id
    where i.company_id = $1`
