import { moneyJson } from '../../kernel/money.ts'
import { companyHeading } from '../report.ts'
import { expectedSales } from '../sales-activity.ts'
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

type BrokenSums = Broken & {
  sums: string
  grain: string
  starts_on: string
  key: string
  stored: string
  expected: string
}

/**
 * What is stored of the activity of income and expense by item, channel and country is the sum of the sealed lines up to its position, by day and by month; so are
 * the sums of tax and of the shapes of entries; and those of sales are the sums of the documents that are folded.
 */
export const activityMatchesLines: Check = {
  name: 'activity-matches-lines',
  async run(tx) {
    const { currency } = await companyHeading(tx)
    const order = 'dimension, grain, starts_on, account, key'
    const { compared, broken } = await compareRows<BrokenActivity>(tx, activityBesideLines, order)
    const sums = await compareRows<BrokenSums>(tx, sumsBesideFacts, 'sums, grain, starts_on, key')
    return outcomeOf(compared + sums.compared, [
      ...broken.map(({ starts_on, stored, lines, ...row }) => ({
        ...row,
        startsOn: starts_on,
        stored: moneyJson(stored, currency),
        lines: moneyJson(lines, currency),
      })),
      ...sums.broken.map(({ starts_on, ...row }) => ({ ...row, startsOn: starts_on })),
    ])
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

const taxKey = `concat_ws(' ', account_id, authority, tax_code_id)`
const taxFigures = `concat_ws(' ', base_minor, amount_minor, lines)`
const shapeKey = `concat_ws(' ', accounts, account_id)`
const shapeFigures = `concat_ws(' ', debit_minor, credit_minor)`
const salesKey = `concat_ws(' ', nullif(key, ''), currency)`
const salesFigures = `concat_ws(' ', trim_scale(quantity), sales_minor, returns_minor, discounts_minor, shipping_minor, tax_minor)`

const grains = `cross join lateral (values ('day', posted_on), ('month', date_trunc('month', posted_on)::date)) as g (grain, starts_on)`

const sumsBesideFacts = `
  with sealed as materialized (
    select entry_id from journal_seal where company_id = $1 and position <= (select max(position) from activity_fold where company_id = $1)
  ), tax as (
    select grain, starts_on, account_id, authority, tax_code_id, sum(base_minor)::bigint as base_minor, sum(amount_minor)::bigint as amount_minor,
        sum(lines)::bigint as lines
      from (
        select l.posted_on, l.account_id, coalesce(l.tax_authority, '') as authority, coalesce(l.tax_code_id, 0) as tax_code_id,
            coalesce(l.tax_base_minor, 0) as base_minor, l.amount_minor, 1 as lines
          from journal_line l
          join account a on a.company_id = $1 and a.id = l.account_id and a.role in ('output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending')
          join sealed s on s.entry_id = l.entry_id where l.company_id = $1
        union all
        select u.posted_on, 0, '', u.tax_code_id, u.base_minor, 0, 1 from untaxed_sale u join sealed s on s.entry_id = u.entry_id where u.company_id = $1
      ) l ${grains} group by 1, 2, 3, 4, 5
  ), shape as (
    select l.entry_id, array_agg(distinct l.account_id order by l.account_id) as accounts
      from journal_line l join sealed s on s.entry_id = l.entry_id where l.company_id = $1 group by 1
  ), moved as (
    select grain, starts_on, s.accounts, l.account_id, sum(greatest(l.amount_minor, 0))::bigint as debit_minor,
        sum(greatest(-l.amount_minor, 0))::bigint as credit_minor
      from journal_line l join shape s on s.entry_id = l.entry_id ${grains} where l.company_id = $1 group by 1, 2, 3, 4
  ), expected as (
    select 'tax' as sums, grain, starts_on, ${taxKey} as key, ${taxFigures} as expected from tax
    union all select 'shape of entries', grain, starts_on, ${shapeKey}, ${shapeFigures} from moved
    union all select 'sales by ' || dimension, grain, starts_on, ${salesKey}, ${salesFigures} from (${expectedSales}) x
  ), stored as (
    select 'tax' as sums, grain, starts_on, ${taxKey} as key, ${taxFigures} as stored from tax_activity where company_id = $1
    union all select 'shape of entries', grain, starts_on, ${shapeKey}, ${shapeFigures} from shape_activity where company_id = $1
    union all select 'sales by ' || dimension, grain, starts_on, ${salesKey}, ${salesFigures} from sales_activity where company_id = $1
  )
  select sums, grain, starts_on, key, coalesce(s.stored, '') as stored, coalesce(x.expected, '') as expected,
      case when s.stored is distinct from x.expected then 'what is stored is not what it is the sum of' end as what
    from stored s full join expected x using (sums, grain, starts_on, key)`
