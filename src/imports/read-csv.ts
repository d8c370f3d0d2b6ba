import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'
import { TextCheck } from './text-check.ts'

/** A record of a CSV file and the line on which it begins. */
export type OnRecord = (record: readonly string[], line: number) => void

// An opening quotation mark that is never closed takes in all that follows: no more of it is held than this.
const longestRecord = 1_000_000

/**
 * Streams a CSV file (RFC 4180, UTF-8, with or without a byte-order mark) record by record, its header first. Lines end in LF, CRLF or CR.
 * Throws `BadInput` where it is not such a file; whatever `onRecord` throws ends the reading.
 */
export async function readCsv(path: string, onRecord: OnRecord): Promise<void> {
  let returns = 0
  let last = 0
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    on_record: (record: string[], { lines }) => {
      returns += countIn(record, '\r') // the parser counts a CRLF inside quotation marks as two lines
      last = lines - returns
      onRecord(record, last - countIn(record, '\n'))
      return null
    },
  })
  const text = new TextCheck(path)
  try {
    await pipeline(
      openInput(path),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          text.refuseInvalid(chunk)
          yield chunk
        }
        text.refuseCutOff()
      },
      parser,
      drain,
    )
  } catch (error) {
    throw error instanceof CsvError ? malformed(path, error, { returns, last }) : error
  }
}

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

function countIn(record: readonly string[], character: string): number {
  let count = 0
  for (const field of record) {
    for (let at = field.indexOf(character); at >= 0; at = field.indexOf(character, at + 1)) count += 1
  }
  return count
}

function malformed(path: string, error: CsvError, { returns, last }: { returns: number; last: number }): BadInput {
  const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
  if (unclosed) {
    const found = 'a record that does not end, or a quotation mark that is not closed'
    return new BadInput({ file: path, line: last + 1, column: 1 }, found, expectedFields)
  }
  const line = typeof error.lines === 'number' ? error.lines - returns : last + 1
  const column = typeof error.column === 'number' ? error.column + 1 : 1
  const found = error.code.includes('QUOTE') ? 'a quotation mark that does not fit' : error.message
  return new BadInput({ file: path, line, column }, found, expectedFields)
}

const expectedFields = 'expected fields quoted as RFC 4180 says'
