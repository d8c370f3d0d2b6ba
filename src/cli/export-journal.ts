import { inCompanyAsOwner, readCompany, requireCompany } from '../kernel/database.ts'
import { sealEntries } from '../ledger/seal.ts'
import { exportFormats, exportJournal } from '../reports/index.ts'
import type { Command } from './command.ts'
import { exactly, needed, neededCompany, oneOf, readWords } from './words.ts'

export const exportJournalCommand: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, format: { type: 'string' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  const wanted = needed(values.format, `in which format: --format ${exportFormats.join('|')}`)
  const format = oneOf(wanted, exportFormats, '--format')
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompanyAsOwner(database, companyId, sealEntries)
    await readCompany(database, companyId, async (tx) => {
      for await (const part of exportJournal[format](tx)) await terminal.write(part)
    })
    return 0
  }
}
