import { openBackup, type RestoreResult, restoreCompany, restoreInstallation } from '../backup/index.ts'
import { BadInput } from '../kernel/bad-input.ts'
import { type BareCommand, UsageError } from './command.ts'
import { exactly, readWords } from './words.ts'

export const restore: BareCommand = (words) => {
  const { values, positionals } = readWords(words, {
    as: { type: 'string' },
    company: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [file = ''] = exactly(positionals, ['the file to restore'])
  const name = values.as
  if (name !== undefined && name.trim() === '') throw new UsageError('--as is the name of the restored company.')
  return async ({ url, actor, migrate, terminal }) => {
    const backup = await openBackup(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'EISDIR' && error.code !== 'EACCES') throw error
      throw new BadInput({ file, line: 1, column: 1 }, error.message, 'a file that can be read was expected')
    })
    const options = { url, actor, log: terminal.note }
    const one = backup.header.kind === 'company' || values.company !== undefined
    if (!one && name !== undefined) {
      throw new UsageError('--as names one company, and this is a backup of an installation; choose with --company ID.')
    }
    if (one) await migrate()
    const restored = one
      ? await restoreCompany(backup, { name, companyId: values.company }, options)
      : await restoreInstallation(backup, options)
    if (values.json) await terminal.json(restored)
    else await terminal.write(told(restored))
    return restored.companies.every(({ intact }) => intact) ? 0 : 1
  }
}

const told = ({ takenAt, companies, rows }: RestoreResult): string =>
  [
    `Restored ${rows} rows of ${takenAt}, compared with the backup.`,
    ...companies.map(({ id, name, trialBalance, head, intact }) => {
      const chain = head === '' ? 'empty' : `${head}${intact ? '' : ', which was broken when the backup was taken'}`
      return `${id} ${name}: trial balance ${trialBalance}, chain ${chain}`
    }),
    '',
  ].join('\n')
