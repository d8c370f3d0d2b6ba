import { afterAll, beforeAll, expect } from 'vitest'
import { BadInput } from '../../src/imports/index.ts'
import type { NewCompany } from '../../src/modules/company/index.ts'
import { type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

/** What is wrong, the file, and the message after its path. */
export type BadFile = readonly [what: string, content: string | Buffer, message: string]

export const utf8 = 'expected text in UTF-8'
export const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
export const quotedFields = 'expected fields quoted as RFC 4180 says'
export const unclosed = 'a record that does not end, or a quotation mark that is not closed'
export const day = 'expected a day such as 2011-01-31'
export const longest = 'expected at most 200 characters, none of them a control character'
export const inPounds =
  'expected an amount in GBP with digits and a decimal point, below 10,000,000,000,000,000 minor units'

/** A desk for a test file, with a company that files are refused for. */
export class Refusing {
  desk!: ImportDesk
  company!: ImportingCompany
  private fresh: Record<string, number> = {}

  constructor(options: Partial<NewCompany> = { chart: 'generic' }) {
    beforeAll(async () => {
      this.desk = await openImportDesk()
      this.company = await this.desk.company(options)
      this.fresh = await this.company.rowCounts()
    })
    afterAll(() => this.desk.close())
  }

  async expectUntouched(): Promise<void> {
    expect(await this.company.rowCounts()).toEqual(this.fresh)
  }

  /** The import of one file is refused with one sentence that begins with its path, and nothing is stored. */
  async expectRefused(format: string, name: string, content: string | Buffer, message: string): Promise<void> {
    const path = this.desk.files.write(content, name)
    await this.expectPathsRefused(format, [path], `${path}${message}`)
  }

  /** The import is refused with one sentence, on which the command line ends, and nothing is stored. */
  async expectPathsRefused(format: string, paths: readonly string[], message: string): Promise<void> {
    const error = await this.company.importAs(format, paths).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadInput)
    expect((error as BadInput).message).toBe(message)
    await this.expectUntouched()
  }
}
