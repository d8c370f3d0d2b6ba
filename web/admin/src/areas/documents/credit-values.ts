import { NewCreditNote } from '../../../../../src/contracts/facts.ts'
import { isZero, minorUnits, placesOf } from '../../../../ui/exact.ts'
import { decimal } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import type { Sent } from '../../../../ui/posting/sent.ts'
import type { Creditable } from './creditable.ts'
import { QUANTITY_PLACES, typedExactly } from './invoice-values.ts'
import { t } from './issue-texts.ts'

export type CreditValues = {
  /** '' for the next one of the series. */
  number: string
  on: string | null
  /** What is typed for each line, by its number: '' for nothing of it. */
  quantities: Record<string, string>
}

/** How much of each line is credited when all that is left of it is: as the reader writes it. */
export const allOf = (lines: readonly Creditable[]): Record<string, string> =>
  Object.fromEntries(lines.map(({ lineNo, left }) => [lineNo, decimal(left, locale)]))

const typedOf = ({ quantities }: CreditValues, { lineNo }: Creditable): string => (quantities[lineNo] ?? '').trim()

/** Nothing typed, or a zero, is nothing of the line. */
function isNothing(values: CreditValues, line: Creditable): boolean {
  const typed = typedOf(values, line)
  const quantity = typedExactly(typed, QUANTITY_PLACES)
  return typed === '' || (quantity !== undefined && isZero(quantity))
}

const isAbove = (quantity: string, left: string): boolean => {
  const places = Math.max(placesOf(quantity), placesOf(left))
  return minorUnits(quantity, places) > minorUnits(left, places)
}

/** The mistakes that no contract knows of, at their fields. */
export function creditErrors(values: CreditValues, lines: readonly Creditable[]): Record<string, string> {
  const chosen = lines.filter((line) => !isNothing(values, line))
  const wrong = chosen.flatMap((line) => {
    const quantity = typedExactly(typedOf(values, line), QUANTITY_PLACES)
    const at = `quantities.${line.lineNo}`
    if (quantity === undefined) return [[at, t('quantityWrong', { example: decimal('1.5', locale) })] as const]
    if (isAbove(quantity, line.left)) return [[at, t('creditTooMuch', { left: decimal(line.left, locale) })] as const]
    return []
  })
  return {
    ...(values.on === null && { on: t('dayNeeded') }),
    ...(chosen.length === 0 && { quantities: t('creditNeeded') }),
    ...Object.fromEntries(wrong),
  }
}

/** What is sent: the lines of which something is credited. */
export function creditSent(values: CreditValues, invoice: string, lines: readonly Creditable[]): Sent {
  const { number, on } = values
  const request = {
    ...(number.trim() !== '' && { number: number.trim() }),
    invoice,
    on,
    lines: lines
      .filter((line) => !isNothing(values, line))
      .map((line) => ({ lineNo: line.lineNo, quantity: typedExactly(typedOf(values, line), QUANTITY_PLACES) })),
  }
  return { operation: 'createCreditNotes', schema: NewCreditNote, requests: [request] }
}

/** The fields that a refusal is about: the line that somebody else has credited meanwhile, or the day. */
export const placesOfCredit = ({
  context = {},
}: {
  code: string
  context?: Readonly<Record<string, string>>
}): string[] => [
  ...(context.line === undefined ? [] : [`quantities.${context.line}`]),
  ...(context.date === undefined ? [] : ['on']),
]
