import { planDocument, type Rules } from '../../src/imports/online-retail/plan-document.ts'
import type { Row } from '../../src/imports/online-retail/row.ts'
import { type AccountingDate, accountingDate } from '../../src/kernel/accounting-date.ts'
import { decimal } from '../../src/kernel/decimal.ts'
import { type LineCodeRule, lineCodeReader, type NewLineCodeRule } from '../../src/modules/catalog/index.ts'
import { defaultLineCodeRules } from '../../src/modules/company/default-line-codes.ts'
import { type DestinationRule, defaultDestinationRules, destinationReader } from '../../src/modules/tax/index.ts'
import { defaultTaxCodes } from '../../src/modules/tax/reference/tax-codes.ts'

export const day = accountingDate

/** Rules of line codes as if stored: in the order in which the reader wants them. */
export const storedLineCodes = (rules: readonly (NewLineCodeRule & { version?: number })[]): LineCodeRule[] =>
  rules
    .map((rule, index) => ({
      id: BigInt(index + 1),
      source: 'online-retail',
      version: 1,
      effectiveFrom: day('0001-01-01'),
      ...rule,
    }))
    .sort((a, b) => a.priority - b.priority || b.version - a.version)

export const defaultLineCodes = storedLineCodes(defaultLineCodeRules['online-retail'] ?? [])

const taxCodes = defaultTaxCodes('GB')
const idOf = (code: string): bigint => BigInt(taxCodes.findIndex((tax) => tax.code === code) + 1)

/** The destinations that a British company starts with, as if stored. */
export const britishDestinations = (): DestinationRule[] =>
  defaultDestinationRules('GB').map((rule, index) => ({
    id: BigInt(index + 1),
    raisesException: false,
    effectiveFrom: day('0001-01-01'),
    version: 1,
    ...rule,
    taxCodeId: idOf(rule.taxCode),
  }))

export const codeOf = (taxCodeId: bigint): string | undefined => taxCodes[Number(taxCodeId) - 1]?.code

function rateOf(taxCodeId: bigint, on: AccountingDate): string {
  const rates = taxCodes[Number(taxCodeId) - 1]?.rates ?? []
  return rates.findLast(({ from }) => from <= on)?.rate ?? '0'
}

/** What a British company's data says at first. */
export const britishRules: Rules = {
  lineCode: lineCodeReader(defaultLineCodes),
  destination: destinationReader(britishDestinations()),
  rate: (taxCodeId, on) => decimal(rateOf(taxCodeId, on)),
  authority: () => 'HMRC',
  outsideScopeId: idOf('outside-scope'),
  fileIds: [11n, 12n, 13n],
  importRunId: 7n,
}

export const row = (more: Partial<Row> = {}): Row => ({
  number: '536365',
  code: '85123A',
  description: 'A thing',
  quantity: '1',
  at: '2011-02-01 10:00:00',
  price: '1',
  customer: '17850',
  country: 'United Kingdom',
  ...more,
})

/** Plans one document of rows that all bear its number, all in the first file. */
export const plan = (number: string, rows: readonly Partial<Row>[], rules: Rules = britishRules) =>
  planDocument(
    { key: number, rows: rows.map((more, index) => ({ file: 0, line: index + 2, row: row({ ...more, number }) })) },
    rules,
  )
