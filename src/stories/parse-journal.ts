import type { LineReader } from './line-reader.ts'
import type { Verb } from './story.ts'

/** `reversing next-day` or `reversing next-period` after the name of a journal. */
export function readReverse(line: LineReader): 'next_day' | 'next_period' | null {
  if (!line.maybe('reversing')) return null
  return line.oneOf(['next-day', 'next-period'], 'a day') === 'next-day' ? 'next_day' : 'next_period'
}

/** `accrued from accrual: amount 100.00, expense 6200`: a journal from a template. */
export function readFill(line: LineReader): Verb {
  const reference = line.take('expected a name for the journal')
  line.must('from')
  const template = line.take('expected the name of a template')
  return { verb: 'fill', reference, template, parameters: readParameters(line) }
}

/** `rent from prepayment-used monthly on last: amount 900.00`: from this day on, on a day of every month. */
export function readRecur(line: LineReader): Verb {
  const name = line.take('expected a name for the recurring journal')
  line.must('from')
  const template = line.take('expected the name of a template')
  line.must('monthly', 'on')
  const word = line.take('expected a day of the month, or last')
  const day = /^\d{1,2}$/.test(word) ? Number(word) : 0
  if (word !== 'last' && (day < 1 || day > 31)) line.fail('expected a day of the month, or last', `'${word}'`)
  return { verb: 'recur', name, template, dayOfMonth: word === 'last' ? null : day, parameters: readParameters(line) }
}

function readParameters(line: LineReader): Record<string, string> {
  const parameters: Record<string, string> = {}
  line.must(':')
  do {
    const name = line.take('expected the name of a parameter')
    parameters[name] = line.take('expected a value for it')
  } while (line.maybe(','))
  return parameters
}
