import { parseDecimal } from '../../kernel/decimal.ts'
import { type Amount, currencyOf, type ParsedPosting, type Place, refuseAt } from './parsed.ts'

const beforeNumber = /^([+-]?)\s*([^\d\s+\-.,@={}()]+|"[^"]*")\s*([+-]?)\s*([\d.,]+)$/
const afterNumber = /^([+-]?)\s*([\d.,]+)\s*([^\d\s+\-.,@={}()]+|"[^"]*")?$/
const grouped = /^\d{1,3}(,\d{3})+(\.\d*)?$/
const longestNumber = 40
// Far beyond any amount; a megabyte of spaces would be tried at each of them.
const longestAmount = 200
const ambiguous = /^\d{1,3},\d{3}$/

/**
 * `EUR -12.50`, `-12.50 EUR`, `$1,234.00`: a decimal point, and commas between thousands. Where a text may also mean a decimal comma, as hledger
 * reads one comma alone, `commaMayBeDecimal` has `1,234` refused. Throws `BadInput`.
 */
export function readAmount(text: string, place: Place, { commaMayBeDecimal = false } = {}): Amount {
  const trimmed = text.trim()
  if (trimmed.length > longestAmount)
    refuseAt(place, `amount ${JSON.stringify(trimmed.slice(0, 60))}`, `at most ${longestAmount} characters`)
  const before = beforeNumber.exec(trimmed)
  const after = before === null ? afterNumber.exec(trimmed) : null
  const [signs, digits, commodity] =
    before === null
      ? [after?.[1] ?? '', after?.[2] ?? '', after?.[3] ?? '']
      : [`${before[1]}${before[3]}`, before[4] as string, before[2] as string]
  const found = `amount ${JSON.stringify(trimmed.slice(0, 60))}`
  if (commaMayBeDecimal && ambiguous.test(digits))
    refuseAt(place, found, `${digits.replace(',', '')} or ${digits}.00: the comma could be a decimal one`)
  const plain = grouped.test(digits) ? digits.replaceAll(',', '') : digits
  const number = digits.length > longestNumber ? undefined : parseDecimal(`${signs}${plain}`)
  if (number === undefined) return refuseAt(place, found, 'an amount such as EUR 12.50')
  return { number, commodity: currencyOf(commodity, place) }
}

/** The amount of a posting and its price, `@` of one unit or `@@` of all, as their texts say them; null for none. */
export const readPriced = (
  { amount, price }: { amount: string; price: string },
  read: (text: string) => Amount,
): Pick<ParsedPosting, 'amount' | 'price'> => ({
  amount: amount.trim() === '' ? null : read(amount),
  price: price === '' ? null : { ...read(price.replace(/^@@?/, '')), of: price.startsWith('@@') ? 'total' : 'unit' },
})
