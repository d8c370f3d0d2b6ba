import { BadInput } from '../kernel/bad-input.ts'
import { type RefusalCode, refusals } from '../kernel/refusal.ts'
import { LineReader } from './line-reader.ts'
import { readCompany, readHeaderLine } from './parse-header.ts'
import { type Known, readAccount, readVerb } from './parse-verb.ts'
import type { BalanceRow, ExpectedTax, Header, Step, Story } from './story.ts'

/** Reads a story. Throws `BadInput` with the place of the first word that is not as it must be. */
export function parseStory(file: string, text: string): Story {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => new LineReader(file, index + 1, line))
    .filter((line) => !line.isEmpty)
  const [first, ...others] = lines
  if (first === undefined)
    throw new BadInput({ file, line: 1, column: 1 }, 'nothing', "expected a company such as 'company GB GBP'")
  const header: Header = {
    company: readCompany(first),
    taxes: [],
    items: [],
    customers: [],
    suppliers: [],
    processors: [],
    rates: [],
  }
  return { file, header, steps: readSteps(others, { header, orders: new Map() }) }
}

function readSteps(lines: readonly LineReader[], known: Known): Step[] {
  const steps: Step[] = []
  for (const line of lines) {
    if (line.isIndented) addRow(steps, line, known)
    else if (steps.length === 0 && !/^\d/.test(line.peek() ?? '')) readHeaderLine(line, known.header)
    else steps.push(readStep(line, known))
  }
  return steps
}

function addRow(steps: readonly Step[], line: LineReader, known: Known): void {
  const step = steps.at(-1)
  if (step?.does !== 'trial balance') line.fail("expected a line that begins at the margin, or 'trial balance' above")
  const name = line.peek()
  if (step.rows.some((row) => row.name === name)) line.fail('expected each account once')
  step.rows.push(readBalance(line, known))
  line.end()
}

function readBalance(line: LineReader, { header }: Known): BalanceRow {
  const place = line.place()
  const name = readAccount(line)
  return { place, name, amountMinor: line.amount(header.company.currency) }
}

function readStep(line: LineReader, known: Known): Step {
  const date = line.date()
  const about = { place: line.place(), date, text: line.text.trim() }
  const step = readWhat(line, known)
  line.end()
  return { ...about, ...step }
}

type What =
  | Pick<Extract<Step, { does: 'fact' }>, 'does' | 'fact'>
  | Pick<Extract<Step, { does: 'refusal' }>, 'does' | 'fact' | 'code'>
  | Pick<Extract<Step, { does: 'balance' }>, 'does' | 'row'>
  | Pick<Extract<Step, { does: 'exceptions' }>, 'does' | 'open'>
  | Pick<Extract<Step, { does: 'tax' }>, 'does' | 'tax'>
  | Pick<Extract<Step, { does: 'letterhead' }>, 'does' | 'said'>
  | Pick<Extract<Step, { does: 'trial balance' }>, 'does' | 'rows'>

function readWhat(line: LineReader, known: Known): What {
  if (line.maybe('trial', 'balance')) return { does: 'trial balance', rows: [] }
  if (line.maybe('expect')) {
    if (line.peek() === 'stock') line.fail('expected a role; the stock of items arrives with stock')
    if (line.maybe('exceptions')) return { does: 'exceptions', open: readCount(line) }
    if (line.maybe('letterhead')) return { does: 'letterhead', said: line.words('expected what a head says') }
    if (line.maybe('tax')) return { does: 'tax', tax: readTax(line, known) }
    return { does: 'balance', row: readBalance(line, known) }
  }
  if (!line.maybe('refuse')) return { does: 'fact', fact: readVerb(line, known) }
  const orders = new Map(known.orders)
  const fact = readVerb(line, { ...known, orders }) // an order that is refused is none
  line.must('because')
  return { does: 'refusal', fact, code: readCode(line) }
}

/** `on sales standard 20.00 of 100.00`. */
function readTax(line: LineReader, { header }: Known): ExpectedTax {
  line.must('on')
  const side = line.oneOf(['sales', 'purchases'], 'a side') === 'sales' ? 'output_tax' : 'input_tax'
  const code = line.take('expected a tax code')
  const taxMinor = line.amount(header.company.currency)
  line.must('of')
  return { side, code, taxMinor, baseMinor: line.amount(header.company.currency) }
}

function readCount(line: LineReader): number {
  const count = line.peek() ?? ''
  if (!/^[0-9]{1,4}$/.test(count)) line.fail('expected how many exceptions are open')
  return Number(line.take(''))
}

function readCode(line: LineReader): RefusalCode {
  const code = line.peek() ?? ''
  if (!Object.hasOwn(refusals, code)) line.fail('expected the code of a refusal such as period_closed')
  return line.take('') as RefusalCode
}
