import { inCompanyAsOwner, requireCompany } from '../kernel/database.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import type { Command } from './command.ts'
import { exactly, neededCompany, readWords } from './words.ts'

export const seal: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompanyAsOwner(database, companyId, foldBalances)
    const sealed = await inCompanyAsOwner(database, companyId, sealEntries)
    if (values.json) await terminal.json(sealed)
    else await terminal.line(sealedSentence(sealed))
    return 0
  }
}

const sealedSentence = ({ entries, head }: { entries: number; head: string }): string => {
  const count = entries === 1 ? '1 entry' : `${entries} entries`
  return head === '' ? 'There is nothing to seal yet.' : `Sealed ${count}; the chain ends with ${head}.`
}
