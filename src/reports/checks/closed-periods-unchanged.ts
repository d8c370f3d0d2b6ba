import { verifyClosedPeriods } from '../../ledger/periods.ts'
import { type Check, outcomeOf } from './check.ts'

/** What a closed month holds is what it held when it was closed, unless a logged decision has reopened it since. */
export const closedPeriodsUnchanged: Check = {
  name: 'closed-periods-unchanged',
  async run(tx) {
    const { compared, broken } = await verifyClosedPeriods(tx)
    return outcomeOf(
      compared,
      broken.map(({ period }) => ({ period, what: 'its content is not what was closed' })),
    )
  },
}
