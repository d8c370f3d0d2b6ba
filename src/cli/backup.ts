import { writeBackup } from '../backup/index.ts'
import { requireCompany } from '../kernel/database.ts'
import type { Command } from './command.ts'
import { exactly, readWords } from './words.ts'

export const backup: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  const [file = ''] = exactly(positionals, ['the file to write'])
  return async ({ database, terminal }) => {
    const companyId = values.company === undefined ? undefined : await requireCompany(database, values.company)
    const written = await writeBackup(database, file, { companyId, log: terminal.note })
    if (values.json) await terminal.json(written)
    else {
      await terminal.line(`${written.file}: ${written.bytes} bytes, ${written.rows} rows, SHA-256 ${written.sha256}`)
      for (const { id, name, trialBalance, head } of written.companies) {
        await terminal.line(`${id} ${name}: trial balance ${trialBalance}, chain ${head === '' ? 'empty' : head}`)
      }
    }
    return written.companies.every(({ intact }) => intact) ? 0 : 1
  }
}
