import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenNumber = Broken & { number: string; entry_id: bigint | null }

/**
 * The numbers of entries run from one without a hole in each fiscal year, and every number that our own series gave to an invoice or a credit
 * note is that of a document.
 */
export const numbersGapless: Check = {
  name: 'numbers-gapless',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenNumber>(
      tx,
      `select 0 as part, fiscal_year as series, number as place, fiscal_year || '-' || number as number, entry_id,
          case when number <> 1 + coalesce(lag(number) over (partition by fiscal_year order by number), 0)
            then 'the number before it is missing' end as what
        from journal_seal where company_id = $1
        union all
        select 1, ascii(given.kind), given.value, given.number, null,
            case when d.id is null then 'the number was given, and there is no such document' end
          from (
            select s.kind, value, s.prefix || lpad(value::text, greatest(s.digits, length(value::text)), '0') as number
              from number_series s, generate_series(s.first_number, s.next_number - 1) as value where s.company_id = $1
          ) given
          left join sales_document d on d.company_id = $1 and d.number = given.number and d.source = 'countinghouse'`,
      'part, series, place',
    )
    return outcomeOf(
      compared,
      broken.map(({ number, entry_id, what }) => ({
        number,
        entryId: entry_id === null ? null : String(entry_id),
        what,
      })),
    )
  },
}
