import type { Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { postedAs } from '../../ledger/playing.ts'
import { companyHeading } from '../report.ts'
import { type Broken, type Check, type CheckRow, compareRows, outcomeOf } from './check.ts'

/**
 * Amounts in other currencies are worth what the rates say: money, and what a document put on the receivable, by the rate that its entry keeps; a
 * settlement of items booked at different rates has realised exactly their difference; a revaluation has brought each balance to the rate of its
 * day, and what is owed has been taken back.
 */
export const currenciesMatchRates: Check = {
  name: 'currencies-match-rates',
  async run(tx) {
    const { currency } = await companyHeading(tx)
    const parts = [await linesBesideRates(tx), await settlementsBesideDifferences(tx), await revaluedBesideRates(tx)]
    return outcomeOf(
      parts.reduce((sum, { compared }) => sum + compared, 0),
      parts.flatMap(({ broken }) => broken.map((row) => rowOf(row, currency))),
    )
  },
}

type BrokenAmount = Broken & { id: bigint; line_no: number | null; expected: bigint; found: bigint }

const rowOf = ({ id, line_no, what, expected, found }: BrokenAmount, currency: string): CheckRow => ({
  id: String(id),
  ...(line_no === null ? {} : { lineNo: line_no }),
  what,
  expected: moneyJson(expected, currency),
  found: moneyJson(found, currency),
})

// Half away from zero, exactly: a quotient of numerics would be rounded twice.
const converted = (minor: string): string => `(sign(${minor}) * div(
    abs(${minor}) * r.numerator * power(10::numeric, base.exponent) * 2 + r.denominator * power(10::numeric, own.exponent),
    r.denominator * power(10::numeric, own.exponent) * 2))::bigint`

const exponents = `join currency own on own.code = r.currency
  join company c on c.id = $1
  join currency base on base.code = c.base_currency`

const linesBesideRates = (tx: Tx) =>
  compareRows<BrokenAmount>(
    tx,
    `select id, line_no, expected, found, case when expected <> found then 'the line is not what the rate of its entry makes of its amount' end as what
      from (
        select e.id, l.line_no, ${converted('l.currency_amount_minor')} as expected, l.amount_minor as found
          from entry_rate r
          join journal_entry e on e.company_id = $1 and e.id = r.entry_id
          join journal_line l on l.company_id = $1 and l.entry_id = r.entry_id and l.currency = r.currency and l.currency_amount_minor <> 0
          join account a on a.company_id = $1 and a.id = l.account_id
          left join mapping_rule m on m.company_id = $1 and m.id = l.mapping_rule_id
          ${exponents}
          where r.company_id = $1 and (${postedAs('m', 'a')} in ('bank', 'cash', 'payment_clearing', 'payout_in_transit')
            or (a.role = 'receivable' and e.source_kind = 'sales_document'))
      ) lines`,
    'id, line_no',
  )

const settlementsBesideDifferences = (tx: Tx) =>
  compareRows<BrokenAmount>(
    tx,
    `select coalesce(a.id, e.id) as id, null::int as line_no, coalesce(a.expected, 0) as expected, coalesce(e.found, 0) as found,
        case when coalesce(a.expected, 0) <> coalesce(e.found, 0) then 'the settlement has realised another difference than that of its items' end as what
      from (
        select id, debit_base_minor - credit_base_minor as expected from open_item_application
          where company_id = $1 and debit_base_minor <> credit_base_minor
      ) a
      full join (
        select e.source_id::bigint as id, sum(l.amount_minor)::bigint as found
          from journal_entry e
          join journal_line l on l.company_id = $1 and l.entry_id = e.id
          join account a on a.company_id = $1 and a.id = l.account_id
          left join mapping_rule m on m.company_id = $1 and m.id = l.mapping_rule_id
          where ${postedAs('m', 'a')} = 'realised_fx' and e.company_id = $1 and e.source_kind = 'open_item_application'
          group by 1
      ) e on e.id = a.id`,
    'id',
  )

const revaluedBesideRates = (tx: Tx) =>
  compareRows<BrokenAmount>(
    tx,
    `select id, line_no, expected, found,
        case
          when expected <> found then 'the balance was not brought to the rate of its day'
          when moved is distinct from found - before then 'the line does not move what the balance gained'
          when reversed and not taken_back then 'what is owed was not taken back'
        end as what
      from (
        select v.entry_id as id, v.line_no, coalesce(${converted('v.currency_amount_minor')}, 0) as expected, v.base_after_minor as found,
            v.base_before_minor as before, l.amount_minor as moved, v.reversed,
            exists (select from journal_entry b where b.company_id = $1 and b.reverses_id = v.entry_id) as taken_back
          from revaluation_line v
          left join journal_line l on l.company_id = $1 and l.entry_id = v.entry_id and l.line_no = v.line_no and l.account_id = v.account_id
          left join entry_rate r on r.company_id = $1 and r.entry_id = v.entry_id and r.currency = v.currency
          left join currency own on own.code = v.currency
          join company c on c.id = $1
          join currency base on base.code = c.base_currency
          where v.company_id = $1
      ) revalued`,
    'id, line_no',
  )
