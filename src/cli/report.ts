import { writeFile } from 'node:fs/promises'
import { type Database, inCompanyAsOwner, readCompany, requireCompany } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sealEntries } from '../ledger/seal.ts'
import {
  type FileFormat,
  fileFormats,
  type Parameters,
  type RawParameters,
  type ReportDefinition,
  readStanding,
  renderFile,
  renderFormats,
  renderReport,
  reports,
} from '../reports/index.ts'
import { type Command, UsageError } from './command.ts'
import { neededCompany, oneOf, readWords } from './words.ts'

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

// Every parameter of any report is an option here; the report itself refuses those that it does not have.
const parameterNames = [...new Set(Object.values(reports).flatMap(({ parameters }) => Object.keys(parameters)))]
const isFlag = (name: string): boolean =>
  Object.values(reports).some(({ parameters }) => (parameters as Parameters)[name]?.kind === 'flag')
const parameterOptions = Object.fromEntries(
  parameterNames.map((name) => [kebab(name), { type: isFlag(name) ? ('boolean' as const) : ('string' as const) }]),
)

export const report: Command = (words) => {
  const { values, positionals } = readWords(words, {
    ...parameterOptions,
    company: { type: 'string' as const },
    format: { type: 'string' as const },
    after: { type: 'string' as const },
    out: { type: 'string' as const },
  })
  const options: Record<string, string | boolean | undefined> = values
  const [name = '', ...extra] = positionals
  const definition = Object.hasOwn(reports, name) ? reports[name] : undefined
  if (definition === undefined) {
    throw new UsageError(
      `${name === '' ? 'Name a report' : `There is no report '${name}'`}: ${Object.keys(reports).join(', ')}.`,
    )
  }
  if (extra[0] !== undefined) throw new UsageError(`'${extra[0]}' is one word too many.`)
  const format = oneOf(String(options.format ?? 'table'), [...renderFormats, ...fileFormats], '--format')
  const out = options.out?.toString()
  const company = neededCompany(options.company?.toString())
  const raw: RawParameters = Object.fromEntries([
    ...parameterNames.map((parameter) => [parameter, options[kebab(parameter)]?.toString()]),
    ...(options.after === undefined ? [] : [['cursor', String(options.after)]]),
  ])
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    const write = (content: string | Uint8Array): Promise<void> =>
      out === undefined ? terminal.write(content) : writeFile(out, content)
    if (isFile(format)) {
      if (out === undefined && terminal.shows) throw new UsageError(`Say where the file goes: --out ${name}.${format}`)
      await write(await fileOf(database, companyId, { definition, raw, format }).catch(inOptions))
      return 0
    }
    const found = await readCompany(database, companyId, (tx) => definition.run(tx, raw)).catch(inOptions)
    await write(renderReport(definition, found, format))
    if (format === 'table' && typeof found.next === 'string') terminal.note(`More with --after ${found.next}`)
    return 0
  }
}

const isFile = (format: string): format is FileFormat => fileFormats.some((known) => known === format)

type FileRequest = { definition: ReportDefinition; raw: RawParameters; format: FileFormat }

/** Sealed first, so that the head that is printed stands for every entry. */
async function fileOf(database: Database, companyId: bigint, { definition, raw, format }: FileRequest) {
  await inCompanyAsOwner(database, companyId, sealEntries)
  const [found, standing] = await readCompany(database, companyId, async (tx) => {
    const report = await definition.run(tx, raw)
    return [report, await readStanding(tx, undefined, report.asOf ?? report.to)] as const
  })
  return await renderFile(definition, found, standing, format)
}

/** The report speaks of its parameters, whoever asks; whoever asks here gave options. */
function inOptions(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'input_invalid' || typeof error.detail.parameter !== 'string')
    throw error
  const { parameter, found, expected } = error.detail
  const option = parameter === 'cursor' ? 'after' : kebab(parameter)
  const names = String(expected).replace(/^one of: .*$/, (list) => list.replace(/[a-z]+[A-Z]\w*/g, kebab))
  throw new UsageError(`--${option}: found '${String(found)}', expected ${names}.`)
}
