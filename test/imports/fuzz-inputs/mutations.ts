import { parse } from 'csv-parse/sync'
import { quoted } from '../support.ts'

/** A number from nought up to one, of a seed. */
export type Random = () => number

const upTo = (most: number, random: Random): number => Math.floor(random() * most)
const oneOf = <T>(among: readonly T[], random: Random): T => among[upTo(among.length, random)] as T

/** What stands in files by mistake, by malice, or in those of another country. */
const oddities = [
  'NaN', 'Infinity', '-', '1e309', '9'.repeat(400), '999999999999', '999999999999.9999999999', '0.0000000001', '0.00000000001', '-0.00', '0', '-1',
  '1,234.5', '1.234,50', '1 234', '£5', '5 EUR', '0x10', '٣', '=1+1', '@SUM(A1)', '+cmd', '-2+3', '\u0000', '\uFEFF', '"', '""', "'", "''", '\r',
  '\n', '\r\n', '\t', ',', ';', '[', ']', '{', '}', ':', '(', ')', '--', '/*', '*/', '<!--', 'null', 'NULL', 'true', '2026-02-30', '0000-00-00',
  '0001-01-01', '9999-12-31', '2026-13-01', '31/12/2025', '12/31/2025', '2026-W01', '46112', '2026-03-30T10:12:00Z', '2026-03-30 24:00:00', 'GBP',
  'EUR', 'XXX', 'gbp', 'gift_card', 'x'.repeat(70_000), 'x'.repeat(101), 'ß'.repeat(60), '\u202e', '💥', '\ud800', 'ﬀ', ' ', '\u00a0', '',
] // biome-ignore format: a list of words

/** A field that is almost as it was. */
function altered(field: string, random: Random): string {
  const at = upTo(field.length + 1, random)
  const ways: (() => string)[] = [
    () => oneOf(oddities, random),
    () => oneOf(oddities, random),
    () => field.slice(0, at) + oneOf(oddities, random) + field.slice(at),
    () => field.replace(/\d/, String(upTo(10, random))),
    () => field.replace(/\d+/, (digits) => digits + digits),
    () => field.replace('.', oneOf([',', '', '..', '.0'], random)),
    () => field.replace(/(\d{4})-(\d{2})-(\d{2})/, '$3.$2.$1'),
    () => `-${field}`,
    () => `${field}0`,
    () => ` ${field} `,
    () => field.toLowerCase(),
    () => field.slice(0, at),
    () => '',
  ]
  return oneOf(ways, random)()
}

/** Drops, doubles, swaps or alters one of a list's elements. */
function reordered<T>(list: readonly T[], alter: (one: T) => T, random: Random): T[] {
  const [at, other] = [upTo(list.length, random), upTo(list.length, random)]
  const one = list[at] as T
  if (list.length === 0) return []
  const ways: (() => T[])[] = [
    () => list.toSpliced(at, 1),
    () => list.toSpliced(at, 0, one),
    () => list.with(at, list[other] as T).with(other, one),
    () => list.with(at, alter(one)),
    () => list.with(at, alter(one)),
    () => list.with(at, alter(one)),
  ]
  return oneOf(ways, random)()
}

/** A CSV file whose rows, fields or columns are not quite those that it had. */
export function alteredCsv(text: string, random: Random): Buffer {
  let rows: string[][] = parse(text, { relax_column_count: true })
  for (let times = 1 + upTo(3, random); times > 0 && rows.length > 0; times -= 1) {
    const column = upTo(rows[0]?.length ?? 0, random)
    const [from, to] = [upTo(rows.length, random), upTo(rows.length, random)]
    const field = rows[from]?.[column] ?? ''
    const alter = (one: string): string => altered(one, random)
    const ways: (() => string[][])[] = [
      () => reordered(rows, (row) => reordered(row, alter, random), random),
      () =>
        rows.with(
          from,
          (rows[from] as string[]).with(Math.min(column, (rows[from] as string[]).length - 1), alter(field)),
        ),
      () => rows.map((row, place) => (place === to && column < row.length ? row.with(column, field) : row)),
      () => rows.map((row) => row.toSpliced(column, 1)),
      () => rows.map((row) => row.toSpliced(column, 0, row[column] ?? '')),
      () => [...rows, ...rows.slice(1)],
    ]
    // A single field, most of the time: what is nearly right goes deepest.
    rows = (random() < 0.6 ? (ways[1] as () => string[][]) : oneOf(ways, random))().filter((row) => row.length > 0)
  }
  const [comma, end] =
    random() < 0.9 ? [',', '\n'] : [oneOf([';', '\t', ','], random), oneOf(['\r\n', '\r', '\n\n'], random)]
  const always = random() < 0.1
  const written = rows.map((row) =>
    row.map((one) => (always ? `"${one.replaceAll('"', '""')}"` : quoted(one))).join(comma),
  )
  return Buffer.from(`${random() < 0.05 ? '\uFEFF' : ''}${written.join(end)}${end}`)
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A JSON file with a value, a name or a list that is not quite what it was. */
export function alteredJson(text: string, random: Random): Buffer {
  let value = JSON.parse(text) as Json
  for (let times = 1 + upTo(3, random); times > 0; times -= 1) value = alteredValue(value, random, 0)
  return Buffer.from(JSON.stringify(value, null, random() < 0.5 ? 1 : 0))
}

function alteredValue(value: Json, random: Random, depth: number): Json {
  if (depth > 0 && random() < 0.05) {
    const others: Json[] = [null, true, 1e21, 0.1, -1, [], {}, [value], { of: value }, oneOf(oddities, random)]
    return oneOf(others, random)
  }
  if (typeof value === 'string') return altered(value, random)
  if (Array.isArray(value)) return reordered(value, (one) => alteredValue(one, random, depth + 1), random)
  if (value === null || typeof value !== 'object') return oneOf(oddities, random)
  const entries = Object.entries(value)
  const rename = ([name, one]: [string, Json]): [string, Json] => [altered(name, random), one]
  const alter = ([name, one]: [string, Json]): [string, Json] => [name, alteredValue(one, random, depth + 1)]
  return Object.fromEntries(reordered(entries, random() < 0.1 ? rename : alter, random))
}

/** A text whose words or lines are not quite those that it had. */
export function alteredText(text: string, random: Random): Buffer {
  let lines = text.split('\n')
  for (let times = 1 + upTo(3, random); times > 0; times -= 1) {
    const inLine = (line: string): string => {
      const words = line.split(/(\s+|[,()'"])/)
      return reordered(words, (word) => altered(word, random), random).join('')
    }
    const at = upTo(lines.length, random)
    lines = random() < 0.7 ? lines.with(at, inLine(lines[at] as string)) : reordered(lines, inLine, random)
  }
  return Buffer.from(lines.join('\n'))
}

/** Bytes broken in one to four ways, whatever they meant. */
export function brokenBytes(whole: Buffer, random: Random): Buffer {
  let bytes = whole
  for (let times = 1 + upTo(4, random); times > 0; times -= 1) {
    const at = upTo(bytes.length + 1, random)
    const lines = bytes.toString('latin1').split('\n')
    const line = upTo(lines.length, random)
    const token = Buffer.from(oneOf(oddities, random))
    const ways: (() => Buffer)[] = [
      () => Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]),
      () =>
        Buffer.concat([
          bytes.subarray(0, at),
          token,
          bytes.subarray(Math.min(bytes.length, at + 1 + upTo(12, random))),
        ]),
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([128 + upTo(128, random)]), bytes.subarray(at)]),
      () => bytes.subarray(0, at),
      () => Buffer.from(lines.toSpliced(line, 1).join('\n'), 'latin1'),
      () => Buffer.from(lines.toSpliced(line, 0, oneOf(lines, random)).join('\n'), 'latin1'),
      () => Buffer.from(lines.join(oneOf(['\r', '\r\n', '\n\n'], random)), 'latin1'),
      () => Buffer.from(bytes.toString('utf8'), oneOf(['utf16le', 'latin1'] as const, random)),
    ]
    bytes = Buffer.from(oneOf(ways, random)())
  }
  return bytes
}

/** A file that is nearly the one that it was: altered as a person or another program alters it, or broken byte by byte. */
export function nearly(name: string, text: string, random: Random): Buffer {
  const kind = random()
  if (kind < 0.25) return brokenBytes(Buffer.from(text), random)
  const alter = name.endsWith('.csv') ? alteredCsv : name.endsWith('.json') ? alteredJson : alteredText
  const content = alter(text, random)
  return kind < 0.35 ? brokenBytes(content, random) : content
}
