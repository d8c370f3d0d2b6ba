import { parseDecimal } from '../../kernel/decimal.ts'
import { type Amount, currencyOf, type Place, refuseAt } from './parsed.ts'

const beforeNumber = /^([+-]?)\s*([^\d\s+\-.,@={}()]+|"[^"]*")\s*([+-]?)\s*([\d.,]+)$/
const afterNumber = /^([+-]?)\s*([\d.,]+)\s*([^\d\s+\-.,@={}()]+|"[^"]*")?$/

/** `EUR -12.50`, `-12.50 EUR`, `$1,234.00`: a decimal point, and commas between thousands. Throws `BadInput`. */
export function readAmount(text: string, place: Place): Amount {
  const trimmed = text.trim()
  const before = beforeNumber.exec(trimmed)
  const after = before === null ? afterNumber.exec(trimmed) : null
  const [sign, digits, commodity] =
    before === null
      ? [after?.[1] ?? '', after?.[2] ?? '', after?.[3] ?? '']
      : [before[1] === before[3] ? '' : '-', before[4] as string, before[2] as string]
  const plain = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits) ? digits.replaceAll(',', '') : digits
  const number = parseDecimal(`${sign === '-' ? '-' : ''}${plain}`)
  if (number === undefined || (before === null && after === null))
    return refuseAt(place, `amount ${JSON.stringify(trimmed.slice(0, 60))}`, 'an amount such as EUR 12.50')
  return { number, commodity: currencyOf(commodity, place) }
}
