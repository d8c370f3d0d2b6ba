/** Of so many parties each is looked up; of more, all parties are read and those kept that are meant. */
const FEW = 5_000

/**
 * SQL for the parties whose ids a common table expression names, with `id`, `number` and `name`; the company is $1. How many are meant is known only when it runs,
 * so it holds both ways and takes one.
 */
export const partiesIn = (expression: string, id: string): string => `
  select p.id, p.number, p.name from (select distinct ${id} as id from ${expression}) meant
    cross join lateral (select id, number, name from party where company_id = $1 and id = meant.id offset 0) p
    where (select count(*) from ${expression}) <= ${FEW}
  union all
  select id, number, name from party
    where company_id = $1 and (select count(*) from ${expression}) > ${FEW} and case when id in (select distinct ${id} from ${expression}) then true end`
