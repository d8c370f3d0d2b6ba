import { verifySeals } from '../../ledger/seal.ts'
import { type Check, outcomeOf } from './check.ts'

/** The hash chain over all sealed entries, recomputed from the journal, is the one that was sealed. */
export const sealsMatchEntries: Check = {
  name: 'seals-match-entries',
  async run(tx) {
    const { compared, broken } = await verifySeals(tx)
    return outcomeOf(
      compared,
      broken.map(({ position, entryId, number, what }) => ({
        position: String(position),
        entryId: String(entryId),
        number: String(number),
        what,
      })),
    )
  },
}
