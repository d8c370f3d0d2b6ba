import { moneyJson } from '../../kernel/money.ts'
import { playsRole } from '../../ledger/playing.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenCode = Broken & { source: string; code: string; currency: string; ledger: bigint; exceptions: bigint }

/**
 * What stands on the suspense account for sales of each unknown code is what the exception of that code says, and nobody has closed it as done. What
 * of a source has no such exception is tax that nobody has named and totals that are not their parts: it has no code here, and is what those exceptions
 * say together. Journals that people write there are theirs.
 */
export const suspenseHasExceptions: Check = {
  name: 'suspense-has-exceptions',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenCode>(tx, suspenseBesideExceptions, 'source, code, currency')
    return outcomeOf(
      compared,
      broken.map(({ source, code, currency, what, ledger, exceptions }) => ({
        source,
        code,
        what,
        ledger: moneyJson(ledger, currency),
        exceptions: moneyJson(exceptions, currency),
      })),
    )
  },
}

const suspenseBesideExceptions = `
  select source, code, currency, coalesce(l.amount_minor, 0) as ledger, coalesce(x.amount_minor, 0) as exceptions,
      case when coalesce(l.amount_minor, 0) <> coalesce(x.amount_minor, 0) then 'what is in suspense is not what its exception says' end as what
    from (
      select d.source, coalesce(x.subject, '') as code, l.currency, -sum(l.currency_amount_minor)::bigint as amount_minor
        from account a
        join journal_line l on l.company_id = $1 and l.account_id = a.id
        join sales_document d on d.company_id = $1 and d.id = l.document_id
        join sales_document_line s on s.company_id = $1 and s.document_id = l.document_id and s.line_no = l.document_line_no
        left join exception x on x.company_id = $1 and x.kind = 'unknown_code' and x.source = d.source
          and x.subject = upper(btrim(s.code, E' \\t\\r\\n\\u00a0'))
        where a.company_id = $1 and ${playsRole('a', 'sales_suspense')} group by 1, 2, 3
    ) l
    full join (
      select source, case kind when 'unknown_code' then subject else '' end as code, currency, sum(amount_minor)::bigint as amount_minor
        from exception where company_id = $1 and kind in ('unknown_code', 'unknown_tax', 'total_differs') and state <> 'resolved' group by 1, 2, 3
    ) x using (source, code, currency)`
