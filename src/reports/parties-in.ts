/** Of so many parties each is looked up; of more, all parties are gone through in order and those kept that are meant. */
const FEW = 5_000

/**
 * SQL for the first parties, in order of their numbers, whose ids a common table expression names, with `id`, `number` and `name`; the company is $1. `most` and `after`
 * are parameters: so many, and only those whose number comes after it; null for all of them. How many are meant is known only when it runs, so it holds both
 * ways and takes one.
 */
export const firstPartiesIn = (
  expression: string,
  id: string,
  { most, after }: { most: string; after?: string },
  few = FEW,
): string => {
  const later = after === undefined ? '' : `and (${after}::text is null or number > ${after})`
  return `
  select id, number, name from (
    select p.id, p.number, p.name from (select distinct ${id} as id from ${expression}) meant
      cross join lateral (select id, number, name from party where company_id = $1 and id = meant.id ${later} offset 0) p
      where (select count(*) from ${expression}) <= ${few}
    union all
    select p.id, p.number, p.name from unnest(array['customer', 'supplier']) as k (kind)
      cross join lateral (
        select id, number, name from party
          where company_id = $1 and kind = k.kind ${later} and case when id in (select ${id} from ${expression}) then true end
          order by number limit ${most}
      ) p
      where (select count(*) from ${expression}) > ${few}
  ) parties order by number limit ${most}`
}
