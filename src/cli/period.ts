import { inCompany, inCompanyAsOwner, requireCompany } from '../kernel/database.ts'
import { closePeriod } from '../ledger/periods.ts'
import { sealEntries } from '../ledger/seal.ts'
import { reopenPeriodOrAsk } from '../modules/second-person/index.ts'
import type { Command } from './command.ts'
import { exactly, month, neededCompany, readWords } from './words.ts'

function decisionIn(words: readonly string[]) {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    reason: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [name] = exactly(positionals, ['the month, such as 2011-01']) as [string]
  const decision = { month: month(name), reason: values.reason ?? '' }
  return { name, decision, company: neededCompany(values.company), json: values.json === true }
}

export const periodClose: Command = (words) => {
  const { name, decision, company, json } = decisionIn(words)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompanyAsOwner(database, companyId, sealEntries)
    const state = await inCompany(database, companyId, (tx) => closePeriod(tx, { ...decision, decidedBy: tx.actor }))
    if (json) await terminal.json(state)
    else await terminal.line(`${name} is closed.`)
    return 0
  }
}

export const periodReopen: Command = (words) => {
  const { name, decision, company, json } = decisionIn(words)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const outcome = await inCompany(database, companyId, (tx) =>
      reopenPeriodOrAsk(tx, { ...decision, decidedBy: tx.actor }),
    )
    if (json) await terminal.json('waiting' in outcome ? outcome.waiting : outcome.done)
    else if ('waiting' in outcome) await terminal.line(`It waits for approval as request ${outcome.waiting.id}.`)
    else await terminal.line(`${name} is open again.`)
    return 0
  }
}
