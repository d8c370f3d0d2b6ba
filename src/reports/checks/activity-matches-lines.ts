import { moneyJson } from '../../kernel/money.ts'
import { companyHeading } from '../report.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenActivity = Broken & {
  dimension: string
  grain: string
  starts_on: string
  account: string | null
  key: string
  stored: bigint
  lines: bigint
}

/** What is stored of the activity of income and expense by item, channel and country is the sum of the sealed lines up to its position, by day and by month. */
export const activityMatchesLines: Check = {
  name: 'activity-matches-lines',
  async run(tx) {
    const { currency } = await companyHeading(tx)
    const order = 'dimension, grain, starts_on, account, key'
    const { compared, broken } = await compareRows<BrokenActivity>(tx, activityBesideLines, order)
    return outcomeOf(
      compared,
      broken.map(({ starts_on, stored, lines, ...row }) => ({
        ...row,
        startsOn: starts_on,
        stored: moneyJson(stored, currency),
        lines: moneyJson(lines, currency),
      })),
    )
  },
}

const activityBesideLines = `
  with line as materialized (
    select k.dimension, l.posted_on, l.account_id, k.key, sum(l.amount_minor) as amount_minor
      from journal_line l
      join account a on a.company_id = $1 and a.id = l.account_id and a.class in ('income', 'expense')
      join journal_seal s on s.company_id = $1 and s.entry_id = l.entry_id
        and s.position <= (select max(position) from activity_fold where company_id = $1)
      left join sales_document d on d.company_id = $1 and d.id = l.document_id
      cross join lateral (values ('item', l.item_id::text), ('channel', l.channel_id::text), ('country', d.country)) as k (dimension, key)
      where l.company_id = $1 and k.key is not null group by 1, 2, 3, 4
  ), expected as (
    select dimension, grain, case grain when 'day' then posted_on else date_trunc('month', posted_on)::date end as starts_on, account_id, key,
        sum(amount_minor)::bigint as amount_minor
      from line cross join (values ('day'), ('month')) as g (grain) group by 1, 2, 3, 4, 5
  ), stored as (
    select dimension, grain, starts_on, account_id, key, amount_minor from account_activity where company_id = $1
  )
  select dimension, grain, starts_on, a.code as account, key, coalesce(s.amount_minor, 0) as stored, coalesce(x.amount_minor, 0) as lines,
      case when coalesce(s.amount_minor, 0) <> coalesce(x.amount_minor, 0) then 'what is stored is not the sum of its lines' end as what
    from stored s full join expected x using (dimension, grain, starts_on, account_id, key)
    left join account a on a.company_id = $1 and a.id = account_id`
