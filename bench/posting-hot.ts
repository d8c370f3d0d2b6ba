import { type Database, inCompany } from '../src/kernel/database.ts'
import { post } from '../src/posting/post.ts'
import { atLeast, type Figure, shareOfPairs } from './support/figure.ts'
import { fiveLines, openCompany } from './support/posting-job.ts'

const posters = 8
const heldMs = 200

/** One entry at a time from eight connections on the same accounts, beside a posting transaction that stays open, against without it. */
export const postingHot: Figure = {
  name: 'posting-hot',
  always: true,
  effort: { named: { pairs: 5, sideMs: 10_000 }, together: { pairs: 3, sideMs: 5_000 } },
  async measure(server, { pairs, sideMs }) {
    const database = await server.open({ connections: posters + 1 })
    const companyId = await openCompany(database)
    const next = counter()
    await rate(database, companyId, next, 1_000) // connections opened, statements prepared
    const shares: number[] = []
    const alone: number[] = []
    for (let pair = 0; pair < pairs; pair++) {
      const without = await rate(database, companyId, next, sideMs)
      const slow = holdOpen(database, companyId, next)
      const beside = await rate(database, companyId, next, sideMs)
      await slow.stop()
      shares.push(beside / without)
      alone.push(without)
    }
    await database.drop()
    const { measured, pairs: each } = shareOfPairs(shares)
    const detail = `${Math.round(Math.max(...alone))} posts/s at best without it; ${each}`
    return [atLeast({ name: 'posting-hot', measured, target: 0.6, detail })]
  },
}

function counter(): () => number {
  let last = 0
  return () => {
    last += 1
    return last
  }
}

const postOne = (database: Database, companyId: bigint, n: number) =>
  inCompany(database, companyId, (tx) => post(tx, [fiveLines(n)]))

/** Posts a second. */
async function rate(database: Database, companyId: bigint, next: () => number, forMs: number): Promise<number> {
  const began = performance.now()
  let posted = 0
  const poster = async () => {
    while (performance.now() - began < forMs) {
      await postOne(database, companyId, next())
      posted += 1
    }
  }
  await Promise.all(Array.from({ length: posters }, poster))
  return (posted * 1000) / (performance.now() - began)
}

/** Posts an entry and stays open, again and again. */
function holdOpen(database: Database, companyId: bigint, next: () => number): { stop(): Promise<void> } {
  let holding = true
  const slow = (async () => {
    while (holding) {
      await inCompany(database, companyId, async (tx) => {
        await post(tx, [fiveLines(next())])
        await new Promise((resolve) => setTimeout(resolve, heldMs))
      })
    }
  })()
  return {
    stop: async () => {
      holding = false
      await slow
    },
  }
}
