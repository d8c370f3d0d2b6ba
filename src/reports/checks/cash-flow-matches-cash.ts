import { only } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { cashFlowLines } from '../cash-flow.ts'
import { cashMovements } from '../cash-movements.ts'
import type { Range } from '../periods.ts'
import { companyHeading } from '../report.ts'
import { type Check, type CheckRow, outcomeOf } from './check.ts'

/**
 * Over all days of the books the direct and the indirect cash flow statement give the same for each activity, and both end at the change of the
 * cash accounts.
 */
export const cashFlowMatchesCash: Check = {
  name: 'cash-flow-matches-cash',
  async run(tx) {
    const { currency } = await companyHeading(tx)
    const days = only(
      await tx.query<{ from: Range['from'] | null; to: Range['to'] | null }>(
        'select min(posted_on) as "from", max(posted_on) as "to" from journal_entry where company_id = $1',
        [tx.companyId],
      ),
    )
    if (days.from === null || days.to === null) return outcomeOf(0, [])
    const movements = await cashMovements(tx, [{ from: days.from, to: days.to }])
    const cash = movements.change[0] ?? 0n
    const [direct, indirect] = (['direct', 'indirect'] as const).map(
      (method) =>
        new Map(
          cashFlowLines(movements, method)
            .filter(({ kind }) => kind !== 'account')
            .map(({ code, amounts }) => [code, amounts[0] ?? 0n]),
        ),
    ) as [Map<string, bigint>, Map<string, bigint>]
    const rows: CheckRow[] = []
    const compare = (what: string, one: bigint, other: bigint): void => {
      if (one === other) return
      rows.push({
        what,
        direct: moneyJson(one, currency),
        indirect: moneyJson(other, currency),
        cash: moneyJson(cash, currency),
      })
    }
    const activities = ['operating', 'investing', 'financing', 'exchange'] as const
    for (const code of activities) {
      compare(`${code} activities differ between the two methods`, direct.get(code) ?? 0n, indirect.get(code) ?? 0n)
    }
    compare('the direct statement does not end at the change of cash', direct.get('change_in_cash') ?? 0n, cash)
    compare('the indirect statement does not end at the change of cash', indirect.get('change_in_cash') ?? 0n, cash)
    return outcomeOf(activities.length + 2, rows)
  },
}
