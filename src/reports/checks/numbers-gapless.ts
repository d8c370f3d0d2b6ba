import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenNumber = Broken & { fiscal_year: number; number: bigint; entry_id: bigint }

/** The numbers of entries run from one without a hole in each fiscal year. */
export const numbersGapless: Check = {
  name: 'numbers-gapless',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenNumber>(
      tx,
      `select fiscal_year, number, entry_id,
          case when number <> 1 + coalesce(lag(number) over (partition by fiscal_year order by number), 0)
            then 'the number before it is missing' end as what
        from journal_seal where company_id = $1`,
      'fiscal_year, number',
    )
    return outcomeOf(
      compared,
      broken.map(({ fiscal_year, number, entry_id, what }) => ({
        number: `${fiscal_year}-${number}`,
        entryId: String(entry_id),
        what,
      })),
    )
  },
}
