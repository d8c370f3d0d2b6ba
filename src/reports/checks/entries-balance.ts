import { companyHeading, moneyIn } from '../report.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenEntry = Broken & {
  entry_id: bigint
  posted_on: string | null
  line_count: number | null
  lines: bigint | null
  difference: bigint | null
}

/** Every entry sums to zero in base currency and in each currency, has the lines that it declares, and stands on one day. */
export const entriesBalance: Check = {
  name: 'entries-balance',
  async run(tx) {
    const { currency } = await companyHeading(tx)
    const money = moneyIn(currency)
    const { compared, broken } = await compareRows<BrokenEntry>(tx, entriesWithSums, 'entry_id')
    return outcomeOf(
      compared,
      broken.map(({ what, entry_id, posted_on, line_count, lines, difference }) => ({
        entryId: String(entry_id),
        postedOn: posted_on,
        what,
        difference: money(difference ?? 0n),
        lines: Number(lines ?? 0n),
        declared: line_count,
      })),
    )
  },
}

// A full join, so that lines without their entry come out too.
const entriesWithSums = `
  select coalesce(e.id, l.entry_id) as entry_id, e.posted_on, e.line_count, l.lines, l.difference::bigint as difference,
      case
        when e.id is null then 'its lines have no entry'
        when l.entry_id is null then 'it has no lines'
        when l.difference <> 0 then 'it does not sum to zero in base currency'
        when l.currency_differs then 'it does not sum to zero in each currency'
        when l.lines <> e.line_count or l.first_no <> 1 or l.last_no <> l.lines then 'it has other lines than it declares'
        when l.first_on <> e.posted_on or l.last_on <> e.posted_on then 'its lines stand on another day'
        when e.posted_on < e.effective_on then 'it is posted before it took effect'
      end as what
    from (select * from journal_entry where company_id = $1) e
    full join (
      select entry_id, sum(difference) as difference, bool_or(currency_difference <> 0) as currency_differs, sum(lines) as lines,
          min(first_no) as first_no, max(last_no) as last_no, min(first_on) as first_on, max(last_on) as last_on
        from (
          select entry_id, currency, sum(amount_minor) as difference, sum(currency_amount_minor) as currency_difference, count(*) as lines,
              min(line_no) as first_no, max(line_no) as last_no, min(posted_on) as first_on, max(posted_on) as last_on
            from journal_line where company_id = $1 group by entry_id, currency
        ) by_currency
        group by entry_id
    ) l on l.entry_id = e.id`
