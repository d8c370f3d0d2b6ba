import readWorkbook from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordIdentity, saveTaxNumbers } from '../../src/modules/company/index.ts'
import { type RawParameters, readStanding, renderFile, reports } from '../../src/reports/index.ts'
import { letterheadOn } from '../../src/reports/letterhead.ts'
import { taxSummary } from '../../src/reports/tax-summary.ts'
import { type Books, day, issue, openBooks } from './support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks({ name: 'Potter' })
  await issue(
    books,
    { number: 'W1', on: '2011-01-10', customer: 'Anna', tax: 20_00n, lines: [{ net: 100_00n }] },
    { number: 'W2', on: '2011-02-05', customer: 'Bob', tax: 10_00n, lines: [{ net: 50_00n }] },
  )
})
afterAll(() => books.close())

const head = (on: string) => books.read((tx) => letterheadOn(tx, on))
const definitionOf = (report: string) => reports[report] as NonNullable<(typeof reports)[string]>

async function written(report: string, raw: RawParameters, format: 'pdf' | 'xlsx'): Promise<Uint8Array> {
  const definition = definitionOf(report)
  const [found, standing] = await books.read(async (tx) => {
    const made = await definition.run(tx, raw)
    return [made, await readStanding(tx, undefined, made.asOf ?? made.to)] as const
  })
  return await renderFile(definition, found, standing, format)
}

async function pagesOf(report: string, raw: RawParameters): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(await written(report, raw, 'pdf')))
  return (await extractText(document, { mergePages: false })).text.map((text) => text.replace(/\s+/g, ' '))
}

test('of a company of which nothing is recorded a document says what it is called', async () => {
  expect(await head('2011-01-31')).toEqual({ company: 'Potter', lines: [], contact: '' })
})

test('a document says what held on its day, and the numbers that were valid then', async () => {
  const registered = { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', postcode: 'ST1 4QX', country: 'GB' }
  const first = { legalName: 'Potter Ltd', registrationNumber: '00000000', registeredAddress: registered }
  await books.write((tx) => recordIdentity(tx, first, null))
  const later = { ...first, legalName: 'Potter plc', tradingName: 'Potter', email: 'accounts@potter.example' }
  await books.write((tx) =>
    recordIdentity(tx, { ...later, legalInformation: 'In England\nand Wales' }, day('2011-02-01')),
  )
  const vat = { country: 'GB', scheme: 'vat' as const }
  await books.write((tx) =>
    saveTaxNumbers(tx, [
      { ...vat, number: 'GB999999973', validFrom: day('2010-01-01'), validTo: day('2011-01-31') },
      { ...vat, number: 'GB999999918', validFrom: day('2011-02-01') },
      { country: 'IE', scheme: 'ioss', number: 'IM3720000224', validFrom: day('2011-02-01') },
      { country: 'GB', scheme: 'eori', number: 'GB999999918000', validFrom: day('2010-01-01'), onDocuments: false },
    ]),
  )
  const address = '12 Kiln Lane, Stoke-on-Trent, ST1 4QX, United Kingdom'
  expect(await head('2011-01-31')).toEqual({
    company: 'Potter Ltd',
    lines: [address, 'Registration number 00000000 · VAT number GB999999973'],
    contact: '',
  })
  expect(await head('2011-02-01')).toEqual({
    company: 'Potter plc',
    lines: [
      `trading as Potter · ${address}`,
      'Registration number 00000000 · VAT number GB999999918 · IOSS number IM3720000224',
      'In England · and Wales',
    ],
    contact: 'accounts@potter.example',
  })
  expect((await books.read((tx) => letterheadOn(tx))).company).toBe('Potter plc')
})

test('each page of statements of account is a letter of the company as it was on the last day', async () => {
  const pages = await pagesOf('statements', { from: '2011-02-01', to: '2011-02-28' })
  expect(pages).toHaveLength(2)
  for (const [index, customer] of ['Anna', 'Bob'].entries()) {
    const text = pages[index] ?? ''
    for (const part of ['Potter plc', '12 Kiln Lane', 'VAT number GB999999918', 'accounts@potter.example', customer])
      expect(text).toContain(part)
  }
  const before = (await pagesOf('statements', { from: '2011-01-01', to: '2011-01-31' })).join(' ')
  expect(before).toContain('Potter Ltd')
  expect(before).toContain('GB999999973')
  expect(before).not.toMatch(/Potter plc|GB999999918|accounts@potter/)
})

test('a report that is printed says it once, and a workbook above its title', async () => {
  const text = (await pagesOf('trial-balance', { asOf: '2011-02-28' })).join(' ')
  for (const part of ['Potter plc', 'trading as Potter', 'Registration number 00000000']) expect(text).toContain(part)
  expect(text).not.toContain('accounts@potter')
  const [sheet] = await readWorkbook(Buffer.from(await written('trial-balance', { asOf: '2011-02-28' }, 'xlsx')))
  const column = (sheet?.data ?? []).slice(0, 5).map(([cell]) => String(cell))
  expect([column[0], column[4]]).toEqual(['Potter plc', 'Trial balance'])
  expect(column[2]).toContain('VAT number GB999999918')
})

test('the tax summary names the registration under which an authority is declared to', async () => {
  const of = async (from: string, to: string) => {
    const { rows } = await books.read((tx) => taxSummary(tx, { from: day(from), to: day(to) }))
    return rows.map(({ authority, registration }) => [authority, registration])
  }
  expect(await of('2011-01-01', '2011-01-31')).toEqual([['HMRC', 'GB999999973']])
  expect(await of('2011-02-01', '2011-02-28')).toEqual([['HMRC', 'GB999999918']])
  expect(await of('2011-01-01', '2011-02-28')).toEqual([['HMRC', 'GB999999973, GB999999918']])
})
