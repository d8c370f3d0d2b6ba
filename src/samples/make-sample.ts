import { type AccountingDate, accountingDate } from '../kernel/accounting-date.ts'
import { type Database, inCompany, inCompanyAsOwner, readCompany, type Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { freshenStatistics } from '../kernel/statistics.ts'
import { saveCompany } from '../modules/company/index.ts'
import { foldBalances, sealEntries } from '../modules/journal/index.ts'
import {
  beginSample,
  countStep,
  endSample,
  type SampleCompany,
  sampleCompany,
} from '../modules/sample-companies/index.ts'
import { firstMonthOfYear } from './close-books.ts'
import { importSales } from './import-sales.ts'
import { type Step, stepsOf } from './steps.ts'

/** What a sample is made of: the name of its company, the last day of its books, and a seed where another shop is wanted. */
export type NewSample = { name?: string | undefined; lastDay: AccountingDate; seed?: string | undefined }

const usual = { name: 'Thistle & Finch (sample)', seed: 'thistle and finch' }

/** Before it VAT had other rates, and the sample has one. */
const earliest = accountingDate('2013-02-01')

/**
 * Creates the company of a sample, in a transaction of the owner's that has its id set; `makeSample` fills it. Refuses `input_invalid` for a day that is
 * after `today` or before 2013-02-01.
 */
export async function createSample(
  tx: Tx,
  { name = usual.name, seed = usual.seed, lastDay }: NewSample,
  today: AccountingDate,
): Promise<SampleCompany> {
  if (lastDay > today || lastDay < earliest)
    throw new Refusal('input_invalid', { lastDay, expected: `a day from ${earliest} to ${today}` })
  await saveCompany(tx, { name, country: 'GB', currency: 'GBP', fiscalYearStartMonth: firstMonthOfYear })
  return await beginSample(tx, { seed, lastDay })
}

export type MakingOptions = {
  onProgress?: (progress: Pick<SampleCompany, 'phase' | 'steps' | 'stepsDone'>) => void
  /** Stops before the next step; the making goes on from there when it is asked for again. */
  signal?: AbortSignal | undefined
}

/**
 * Makes the books of a sample company, from the step at which they stand. Returns how far it came: a signal may have stopped it. One maker at a time:
 * whoever calls it holds `claimMaking`.
 */
export async function makeSample(
  database: Database,
  companyId: bigint,
  { onProgress = () => {}, signal }: MakingOptions = {},
): Promise<SampleCompany> {
  const sample = await readCompany(database, companyId, sampleCompany)
  if (sample.state !== 'running') return sample
  const steps = stepsOf(sample.seed, sample.lastDay)
  for (const [place, step] of steps.entries()) {
    if (place < sample.stepsDone) continue
    if (signal?.aborted === true) return await readCompany(database, companyId, sampleCompany)
    onProgress({ phase: step.phase, steps: steps.length, stepsDone: place })
    const next = { steps: steps.length, stepsDone: place + 1, phase: steps[place + 1]?.phase ?? '' }
    await perform(database, companyId, step, (tx) => countStep(tx, next))
    // Plans made on empty tables are ruinous once these are full.
    if (place === 4 || place === 10) await inCompanyAsOwner(database, companyId, (tx) => tx.query(analyze))
  }
  await inCompanyAsOwner(database, companyId, foldBalances)
  await inCompanyAsOwner(database, companyId, sealEntries)
  await inCompanyAsOwner(database, companyId, freshenStatistics)
  await inCompany(database, companyId, (tx) => endSample(tx))
  return await readCompany(database, companyId, sampleCompany)
}

async function perform(
  database: Database,
  companyId: bigint,
  step: Step,
  count: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  if ('file' in step) {
    await importSales(database, companyId, step.file)
    await inCompany(database, companyId, count)
    return
  }
  await inCompany(database, companyId, async (tx) => {
    await step.work(tx)
    await count(tx)
  })
}

const analyze = `analyze (skip_locked) company, account, party, item, mapping_rule, sales_document, sales_document_line, sales_document_tax,
  journal_entry, journal_line, open_item, payment`
