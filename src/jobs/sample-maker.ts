import { actingAs, type Database, inCompany, readCompany } from '../kernel/database.ts'
import { endSample, findSample } from '../modules/sample-companies/index.ts'
import { type Claim, claimMaking, makeSample } from '../samples/index.ts'
import { eachCompany } from './each-company.ts'
import { proveBooks } from './prove-books.ts'

/** Makes sample companies that were asked for, beside the requests of the server. */
export type SampleMaker = {
  /** The right to make one; undefined while another is being made, by whichever server. */
  claim(): Promise<Claim | undefined>
  /** Begins to make a company that has been created, and returns at once; the claim ends with the work. */
  start(companyId: bigint, claim: Claim): void
  /** Takes up what an earlier server left unfinished. */
  resume(): Promise<void>
  /** What is being made stops after its step, and is taken up by the next server. Resolves when it has stopped. */
  stop(): Promise<void>
}

export function sampleMaker(shared: Database, { log }: { log: (line: string) => void }): SampleMaker {
  const stopping = new AbortController()
  let making: Promise<void> = Promise.resolve()

  const make = async (companyId: bigint): Promise<void> => {
    const sample = await readCompany(shared, companyId, findSample)
    if (sample?.state !== 'running') return
    const database = actingAs(shared, sample.requestedBy)
    try {
      const { state } = await makeSample(database, companyId, { signal: stopping.signal })
      if (state === 'done') await proveBooks(database, companyId)
    } catch (error) {
      if (stopping.signal.aborted) return // taken up by the next server
      const message = error instanceof Error ? error.message : String(error)
      log(`The sample company ${companyId} could not be made: ${error instanceof Error ? error.stack : message}`)
      await inCompany(database, companyId, (tx) => endSample(tx, { message: `It could not be made: ${message}` }))
    }
  }

  const underway = (work: () => Promise<void>, claim: Claim): Promise<void> => {
    making = work()
      .catch((error: Error) => log(`Making a sample company is tried again later: ${error.message}`))
      .finally(() => claim.release())
    return making
  }

  return {
    claim: () => claimMaking(shared),
    start: (companyId, claim) => void underway(() => make(companyId), claim),
    resume: async () => {
      const options = { log, what: 'Making the sample company', signal: stopping.signal }
      const unfinished = new Set<bigint>()
      await eachCompany(shared, options, async ({ id }) => {
        if ((await readCompany(shared, id, findSample))?.state === 'running') unfinished.add(id)
      })
      // Only now: whoever asks for a sample while there is none to finish is not told that one is being made.
      const claim = unfinished.size > 0 ? await claimMaking(shared) : undefined
      if (claim === undefined) return
      await underway(
        () => eachCompany(shared, options, async ({ id }) => (unfinished.has(id) ? await make(id) : undefined)),
        claim,
      )
    },
    stop: () => {
      stopping.abort()
      return making
    },
  }
}
