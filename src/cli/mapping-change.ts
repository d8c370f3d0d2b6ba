import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { moneyJson } from '../kernel/money.ts'
import { companyFacts } from '../ledger/accounts.ts'
import { applyMappingOrAsk } from '../modules/second-person/index.ts'
import { previewMappingChange } from '../posting/change-mapping.ts'
import { mappingPreviewView } from '../posting/preview-view.ts'
import type { Command } from './command.ts'
import { counted } from './counted.ts'
import { ruleOf, ruleOptions } from './mapping.ts'
import { table } from './table.ts'
import { sayOneWaits } from './waiting.ts'
import { exactly, needed, neededCompany, readWords } from './words.ts'

/** A rule on the command line, or none: then the mapping as it is. */
function readChange(words: readonly string[]) {
  const { values, positionals } = readWords(words, ruleOptions)
  const ruled = values.account !== undefined || values.end === true
  if (!ruled && positionals.length === 0) return { values, rules: [], roles: undefined }
  if (!ruled) {
    const [role] = exactly(positionals, ['the role']) as [string]
    return { values, rules: [], roles: [role] }
  }
  return { values, rules: [ruleOf(values, positionals)], roles: undefined }
}

export const mappingPreview: Command = (words) => {
  const { values, rules, roles } = readChange(words)
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const preview = await readCompany(database, await requireCompany(database, company), async (tx) =>
      mappingPreviewView(await previewMappingChange(tx, { rules, roles }), (await companyFacts(tx)).baseCurrency),
    )
    if (values.json) await terminal.json(preview)
    else if (preview.lines === 0) await terminal.line('Everything stands where it belongs.')
    else await terminal.write(asTables(preview))
    return 0
  }
}

export const mappingApply: Command = (words) => {
  const { values, rules, roles } = readChange(words)
  const reason = needed(values.reason, 'why: --reason TEXT')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { outcome, currency } = await inCompany(database, companyId, async (tx) => ({
      outcome: await applyMappingOrAsk(tx, { rules, roles, reason }),
      currency: (await companyFacts(tx)).baseCurrency,
    }))
    if ('waiting' in outcome) return await sayOneWaits(terminal, outcome.waiting, values.json)
    const { amountMinor, debitsMinor: _, ...count } = outcome.done
    if (values.json) await terminal.json({ ...count, amount: moneyJson(amountMinor, currency) })
    else if (count.lines === 0) await terminal.line('Everything stands where it belongs.')
    else
      await terminal.line(
        `${counted(count.lines, 'line', 'lines')} moved, by ${counted(count.entries, 'entry', 'entries')}. Read as before: structure balance before:${count.applicationId}`,
      )
    return 0
  }
}

function asTables({ moves, samples, lines }: ReturnType<typeof mappingPreviewView>): string {
  const byPeriod = table(
    ['period', 'from', 'to', 'lines', 'amount', ''],
    moves.map((move) => [
      move.closed ? `${move.period} (closed)` : move.period,
      `${move.from.code} ${move.from.name}`,
      `${move.to.code} ${move.to.name}`,
      String(move.lines),
      move.amount.amount,
      move.amount.currency,
    ]),
    ['lines', 'amount'],
  )
  const largest = table(
    ['date', 'document', 'item', 'from', 'to', 'amount', ''],
    samples.map(({ date, document, item, from, to, amount }) => [
      date,
      document ?? '',
      item ?? '',
      from,
      to,
      amount.amount,
      amount.currency,
    ]),
    ['amount'],
  )
  return `${counted(lines, 'line', 'lines')} would land elsewhere.\n\n${byPeriod}\nThe largest of them:\n\n${largest}`
}
