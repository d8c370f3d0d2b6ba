import { importEcbRates } from '../imports/ecb-rates/index.ts'
import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { addCompanyRates, findRates, listRates, rateInWords } from '../modules/rates/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

export const ratesImport: Command = (words) => {
  const { values, positionals } = readWords(words, { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } })
  if (positionals.length === 0) throw new UsageError('Give the files or folders with reference rates.')
  return async ({ database, terminal }) => {
    const found = await importEcbRates(database, positionals, { dryRun: values['dry-run'] === true })
    if (values.json) await terminal.json(found)
    else {
      if (found.dryRun) await terminal.line('Nothing was written; this is what the import would do.')
      await terminal.line(
        `${found.rates} rates of ${found.currencies} currencies, ${found.from} to ${found.to}: ${found.created} new, ${found.existing} there already, ${found.corrected} corrected.`,
      )
    }
    return 0
  }
}

export const ratesAdd: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    source: { type: 'string' },
    end: { type: 'boolean' },
    reason: { type: 'string' },
    json: { type: 'boolean' },
  })
  const names = ['the currency', 'the day, such as 2011-01-31', ...(values.end ? [] : ['what one unit is worth'])]
  const [currency, on, rate] = exactly(positionals, names) as [string, string, string | undefined]
  const day = optionalDay(on, 'day')
  if (day === undefined) throw new UsageError('Give the day, such as 2011-01-31.')
  const source = oneOf(values.source ?? 'manual', ['manual', 'company'] as const, '--source')
  const added = { source, currency, day, rate: rate ?? null, ...(values.reason ? { reason: values.reason } : {}) }
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const [outcome] = await inCompany(database, companyId, (tx) => addCompanyRates(tx, [added], tx.actor))
    if (values.json) await terminal.json(outcome)
    else await terminal.line(`${currency} ${day} ${rate ?? 'ends'}: ${outcome?.result}, version ${outcome?.version}.`)
    return 0
  }
}

export const ratesList: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    currency: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  const limit = values.limit ?? '100'
  if (!/^[1-9][0-9]{0,5}$/.test(limit)) throw new UsageError('--limit is a number from 1 to 999999.')
  const filter = {
    currency: values.currency,
    from: optionalDay(values.from, 'from'),
    to: optionalDay(values.to, 'to'),
    limit: Number(limit),
  }
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), (tx) => listRates(tx, filter))
    if (values.json) await terminal.json({ rows })
    else
      await terminal.write(
        table(
          ['day', 'currency', 'source', 'rate', 'quoted as', 'version', 'reason'],
          rows.map((r) => [r.day, r.currency, r.source, r.rate ?? 'ends', r.quotedAs, String(r.version), r.reason]),
        ),
      )
    return 0
  }
}

export const ratesFind: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    on: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [currency] = exactly(positionals, ['the currency']) as [string]
  const on = optionalDay(needed(values.on, 'on which day: --on 2011-01-31'), 'on')
  if (on === undefined) throw new UsageError('Say on which day: --on 2011-01-31.')
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const { base, rate } = await readCompany(database, companyId, async (tx) => {
      const book = await findRates(tx, [{ currency, on }])
      return { base: book.base, rate: book.rateOn(currency, on) }
    })
    const found = {
      currency,
      base,
      on,
      rate: rate === null ? '1' : rateInWords(rate),
      source: rate?.source ?? null,
      day: rate?.day ?? on,
    }
    if (values.json) await terminal.json(found)
    else
      await terminal.line(
        `One ${currency} on ${on} is ${found.rate} ${base} (${found.source ?? 'the base currency'}, ${found.day}).`,
      )
    return 0
  }
}
