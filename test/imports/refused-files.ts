import { expect } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import type { Files, ImportingCompany } from './support.ts'

/** What is wrong with a file, the file, and the message after the file's path. */
export type BadFile = readonly [what: string, content: string | Buffer, message: string]

/** Looks on while files are refused: each with its one message, on which the command line ends, and with nothing stored. */
export async function refusing(company: ImportingCompany, format: string, files: Files) {
  const fresh = await company.rowCounts()
  const refused = async (paths: readonly string[], message: string): Promise<void> => {
    const error = await company.importAs(format, paths).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadInput)
    expect((error as BadInput).message).toBe(message)
    expect(await company.rowCounts()).toEqual(fresh)
  }
  let count = 0
  return {
    refused,
    /** Writes one file under a name of its own that ends in this. */
    file: async (ending: string, content: string | Buffer, message: string): Promise<void> => {
      count += 1
      const path = files.write(content, `${format}-${count}.${ending}`)
      await refused([path], `${path}${message}`)
    },
  }
}

/** A CSV file of rows whose fields have names; what a row leaves out is empty. */
export const namedCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => row[name] ?? '').join(','))]
    .map((line) => `${line}\n`)
    .join('')
