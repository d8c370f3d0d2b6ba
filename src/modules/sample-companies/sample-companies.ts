import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'

/** How far the making of a sample company is: `phase` says in words what is being done, 'done' that its books are whole. */
export type SampleCompany = {
  companyId: bigint
  seed: string
  /** The last day of its books. */
  lastDay: AccountingDate
  state: 'running' | 'done' | 'failed'
  phase: string
  steps: number
  stepsDone: number
  message: string
  requestedBy: string
  requestedAt: string
  finishedAt: string | null
}

const columns = `company_id as "companyId", seed, last_day as "lastDay", state, phase, steps, steps_done as "stepsDone", message,
  requested_by as "requestedBy", ${utcMoment('requested_at')} as "requestedAt", ${utcMoment('finished_at')} as "finishedAt"`

/** Says that the company, which has nothing in it yet, is made a sample from now on. */
export async function beginSample(
  tx: Tx,
  { seed, lastDay }: Pick<SampleCompany, 'seed' | 'lastDay'>,
): Promise<SampleCompany> {
  await tx.query('insert into sample_company (company_id, seed, last_day) values ($1, $2, $3)', [
    tx.companyId,
    seed,
    lastDay,
  ])
  return await sampleCompany(tx)
}

/** How far the company's making is; undefined for a company that is no sample. */
export const findSample = async (tx: Tx): Promise<SampleCompany | undefined> =>
  (await tx.query<SampleCompany>(`select ${columns} from sample_company where company_id = $1`, [tx.companyId]))[0]

/** Refuses `sample_company_unknown` for a company that is no sample. */
export async function sampleCompany(tx: Tx): Promise<SampleCompany> {
  const sample = await findSample(tx)
  if (sample === undefined) throw new Refusal('sample_company_unknown', { company: tx.companyId })
  return sample
}

/** Counts a step as done, in the transaction that does it, and says what comes next. */
export async function countStep(
  tx: Tx,
  { steps, stepsDone, phase }: Pick<SampleCompany, 'steps' | 'stepsDone' | 'phase'>,
): Promise<void> {
  await tx.query(
    `update sample_company set steps = $2, steps_done = $3, phase = $4 where company_id = $1 and state = 'running'`,
    [tx.companyId, steps, stepsDone, phase],
  )
}

/** Ends the making: done, or failed with what went wrong. */
export async function endSample(tx: Tx, { message = '' }: { message?: string } = {}): Promise<void> {
  await tx.query(
    `update sample_company set state = case when $2 = '' then 'done' else 'failed' end, message = $2, phase = '', finished_at = now()
       where company_id = $1 and state = 'running'`,
    [tx.companyId, message],
  )
}
