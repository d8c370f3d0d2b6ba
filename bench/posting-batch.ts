import { copyFloor } from './support/copy-floor.ts'
import { atLeast, type Figure, shareOfPairs } from './support/figure.ts'
import { openCompany, postBatches } from './support/posting-job.ts'

const size = 1_000
const tables = ['journal_entry', 'journal_batch', 'journal_line', 'account_balance_delta']
const turns = 4

/**
 * Batches of 1,000 five-line entries against COPY of the same rows. Job and floor of a pair take turns of a quarter of its time, each in
 * a database of its own and after a checkpoint, so that what else the machine and the disk do falls on both alike.
 */
export const postingBatch: Figure = {
  name: 'posting-batch',
  always: true,
  effort: { named: { pairs: 5, sideMs: 10_000 }, together: { pairs: 3, sideMs: 5_000 } },
  async measure(server, { pairs, sideMs }) {
    const shares: number[] = []
    const rates: number[] = []
    for (let pair = 0; pair < pairs; pair++) {
      const job = { batches: 0, ms: 0 }
      let floorMs = 0
      for (let turn = 0; turn < turns; turn++) {
        const database = await server.open()
        const companyId = await openCompany(database)
        await database.owner.query('checkpoint')
        const { batches, ms } = await postBatches(database, companyId, { first: 1, size, atLeastMs: sideMs / turns })
        job.batches += batches
        job.ms += ms
        floorMs += (await copyFloor(database.url, tables)).ms
        await database.drop()
      }
      shares.push(floorMs / job.ms)
      rates.push((job.batches * size * 1000) / job.ms)
    }
    const { measured, pairs: each } = shareOfPairs(shares)
    const detail = `${Math.round(Math.max(...rates))} entries/s at best; ${each}`
    return [atLeast({ name: 'posting-batch', measured, target: 0.8, detail })]
  },
}
