import { parseAccountingDate, today } from '../kernel/accounting-date.ts'
import { inCompanyAsOwner } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { nextCompanyId } from '../modules/company/index.ts'
import { claimMaking, createSample, makeSample } from '../samples/index.ts'
import { type Command, UsageError } from './command.ts'
import { readWords } from './words.ts'

export const companySample: Command = (words) => {
  const { values, positionals } = readWords(words, {
    until: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [name, ...more] = positionals
  if (more.length > 0) throw new UsageError('Give one name for the company, in quotes if it has several words.')
  const now = today('Europe/London')
  const lastDay = values.until === undefined ? now : parseAccountingDate(values.until)
  if (lastDay === undefined) throw new UsageError('--until is a day: --until 2026-03-31')
  return async ({ database, terminal }) => {
    const claim = await claimMaking(database)
    if (claim === undefined) throw new Refusal('sample_company_running')
    try {
      const companyId = await nextCompanyId(database)
      await inCompanyAsOwner(database, companyId, (tx) => createSample(tx, { name, lastDay, seed: values.seed }, now))
      const began = performance.now()
      await makeSample(database, companyId, {
        onProgress: ({ phase, steps, stepsDone }) => {
          const line = `${stepsDone + 1} of ${steps}: ${phase}`
          if (terminal.watched) terminal.redraw(line)
          else terminal.note(line)
        },
      })
      if (terminal.watched) terminal.redraw('')
      terminal.note(`Made in ${((performance.now() - began) / 1_000).toFixed(1)} seconds.`)
      if (values.json) await terminal.json({ id: companyId, lastDay })
      else await terminal.line(String(companyId))
      return 0
    } finally {
      await claim.release()
    }
  }
}
