import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { inCompanyAsOwner, readCompany, requireCompany } from '../kernel/database.ts'
import { type PackFile, zipOf } from '../kernel/zip.ts'
import { sealEntries } from '../ledger/seal.ts'
import { monthEndPack, type PackOutcome, parseMonth } from '../reports/index.ts'
import { type Command, UsageError } from './command.ts'
import { needed, neededCompany, readWords } from './words.ts'

/** Writes the month-end pack into a folder or a ZIP file. Ends with 1 where a check is broken: the pack says which. */
export const monthEndPackCommand: Command = (words) => {
  const { values } = readWords(words, {
    company: { type: 'string' },
    period: { type: 'string' },
    out: { type: 'string' },
  })
  const company = neededCompany(values.company)
  const period = needed(values.period, 'which month: --period 2011-08')
  const out = needed(values.out, 'where it goes: --out FOLDER or --out FILE.zip')
  const month = parseMonth(period)
  if (month === undefined) throw new UsageError(`A period is a month such as 2011-08, not '${period}'.`)
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, company)
    await inCompanyAsOwner(database, companyId, sealEntries)
    const outcome = await readCompany(database, companyId, async (tx) => {
      const files = monthEndPack(tx, { month, atMs: Date.now() })
      return out.endsWith('.zip') ? await writeZip(out, files) : await writeFolder(out, files)
    })
    await terminal.line(out)
    if (!outcome.ok) terminal.note('A check is broken: the pack says which.')
    return outcome.ok ? 0 : 1
  }
}

type Files = AsyncGenerator<PackFile, PackOutcome>

async function writeFolder(folder: string, files: Files): Promise<PackOutcome> {
  await mkdir(folder, { recursive: true })
  for (;;) {
    const next = await files.next()
    if (next.done === true) return next.value
    await writeWhole(join(folder, next.value.name), next.value.content)
  }
}

async function writeZip(path: string, files: Files): Promise<PackOutcome> {
  let outcome: PackOutcome | undefined
  const parts = async function* (): AsyncGenerator<Uint8Array> {
    outcome = yield* zipOf(files)
  }
  await writeWhole(path, parts())
  return outcome as unknown as PackOutcome
}

/** Under another name until it is whole, so that nobody takes half a file for one. */
async function writeWhole(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${path}.part`
  try {
    await pipeline(content, createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
