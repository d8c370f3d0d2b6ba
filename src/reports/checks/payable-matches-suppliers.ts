import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenLine = Broken & { entry_id: bigint; line_no: number; currency: string; currency_amount_minor: bigint }

/**
 * What is owed to each supplier is what the payable accounts hold for it. There are no bills yet, so all that can be proved is that every line
 * on a payable account names to whom it is owed, and the sum over them is then the account's.
 */
export const payableMatchesSuppliers: Check = {
  name: 'payable-matches-suppliers',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenLine>(
      tx,
      `select l.entry_id, l.line_no, l.currency, l.currency_amount_minor,
          case when p.id is null then 'a line on a payable account names nobody' end as what
        from account a
        join journal_line l on l.company_id = $1 and l.account_id = a.id
        left join party p on p.company_id = $1 and p.id = l.party_id
        where a.company_id = $1 and a.role = 'payable'`,
      'entry_id, line_no',
    )
    return outcomeOf(
      compared,
      broken.map(({ entry_id, line_no, currency, currency_amount_minor, what }) => ({
        entryId: String(entry_id),
        lineNo: line_no,
        what,
        amount: moneyJson(currency_amount_minor, currency),
      })),
    )
  },
}
