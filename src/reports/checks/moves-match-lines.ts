import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenMove = Broken & { entry_id: bigint; line_no: number | null; moved_by: bigint }

/**
 * Every line that moved stands where the moves say: each began where the one before ended, took exactly the line's amount off its account and put
 * it on the other. Every reclassification is made of such pairs and of nothing else, so that it comes to nothing.
 */
export const movesMatchLines: Check = {
  name: 'moves-match-lines',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenMove>(tx, movesBesideLines, 'moved_by, entry_id, line_no')
    return outcomeOf(
      compared,
      broken.map(({ entry_id, line_no, moved_by, what }) => ({
        line: line_no === null ? null : `${entry_id}/${line_no}`,
        movedByEntry: String(moved_by),
        what,
      })),
    )
  },
}

// Entries that move lines have a thousand times as many as others: each line is looked up by its key, whatever the planner expects.
const lineAt = (entry: string, line: string): string => `
  select account_id, amount_minor, currency_amount_minor from journal_line
    where company_id = $1 and entry_id = ${entry} and line_no = ${line} offset 0`

const movesBesideLines = `
  select m.entry_id, m.line_no, m.moved_by_id as moved_by,
      case
        when m.from_account_id is distinct from coalesce(b.to_account_id, l.account_id) then 'it does not begin where the line stood'
        when gone.account_id <> m.from_account_id or came.account_id <> m.to_account_id then 'the entry moves it between other accounts'
        when gone.amount_minor <> -l.amount_minor or came.amount_minor <> l.amount_minor
          or gone.currency_amount_minor <> -l.currency_amount_minor or came.currency_amount_minor <> l.currency_amount_minor
          then 'the entry moves another amount'
      end as what
    from line_move m
    cross join lateral (${lineAt('m.entry_id', 'm.line_no')}) l
    cross join lateral (${lineAt('m.moved_by_id', 'm.departure_line_no')}) gone
    cross join lateral (${lineAt('m.moved_by_id', 'm.arrival_line_no')}) came
    left join line_move b on b.company_id = $1 and b.entry_id = m.entry_id and b.line_no = m.line_no and b.move_no = m.move_no - 1
    where m.company_id = $1
  union all
  select e.id, null, e.id,
      case when e.line_count <> 2 * (select count(*) from line_move m where m.company_id = $1 and m.moved_by_id = e.id)
        then 'it has lines that move nothing' end
    from journal_entry e
    where e.company_id = $1 and e.rule = 'reclassification'
      and not exists (select from journal_entry r where r.company_id = $1 and r.reverses_id = e.id)`
