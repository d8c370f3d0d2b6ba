import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenPair = Broken & {
  entry_id: bigint
  reversal_id: bigint | null
  account: string | null
  currency: string
  difference: bigint
}

/**
 * An entry and the one that takes it back leave nothing on any account, in any currency; and a journal that reverses by itself has been taken
 * back on the day that it says.
 */
export const reversalsNetToZero: Check = {
  name: 'reversals-net-to-zero',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenPair>(tx, pairs, 'entry_id, account, currency')
    return outcomeOf(
      compared,
      broken.map(({ entry_id, reversal_id, account, currency, difference, what }) => ({
        entryId: String(entry_id),
        reversalId: reversal_id === null ? null : String(reversal_id),
        account,
        what,
        difference: moneyJson(difference, currency),
      })),
    )
  },
}

const pairs = `
  select r.reverses_id as entry_id, r.id as reversal_id, a.code as account, l.currency, sum(l.currency_amount_minor)::bigint as difference,
      case
        when sum(l.amount_minor) <> 0 or sum(l.currency_amount_minor) <> 0 then 'the entry and its reversal leave something on the account'
      end as what
    from journal_entry r
    join journal_line l on l.company_id = $1 and l.entry_id in (r.id, r.reverses_id)
    left join account a on a.company_id = $1 and a.id = l.account_id
    where r.company_id = $1 and r.reverses_id is not null
    group by r.reverses_id, r.id, a.code, l.currency
  union all
  select m.entry_id, r.id, null, c.base_currency, 0::bigint,
      case
        when r.id is null then 'it reverses by itself, and nothing takes it back'
        when r.effective_on <> m.reverses_on then 'it is taken back on another day than it says'
      end
    from manual_journal m
    join company c on c.id = $1
    left join journal_entry r on r.company_id = $1 and r.reverses_id = m.entry_id
    where m.company_id = $1 and m.state = 'posted' and m.reverses_on is not null`
