import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'

/** A record of a CSV file and the line on which it begins. */
export type OnRecord = (record: readonly string[], line: number) => void

/**
 * Streams a CSV file (RFC 4180, UTF-8, with or without a byte-order mark) record by record, its header first. Throws `BadInput` where it
 * is not one; whatever `onRecord` throws ends the reading.
 */
export async function readCsv(path: string, onRecord: OnRecord): Promise<void> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[], { lines }) => {
      onRecord(record, lines - newlinesIn(record))
      return null
    },
  })
  const text = new Utf8Check(path)
  try {
    await pipeline(
      openInput(path),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          text.refuseInvalid(chunk)
          yield chunk
        }
      },
      parser,
      drain,
    )
  } catch (error) {
    throw error instanceof CsvError ? malformed(path, error) : error
  }
}

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

function newlinesIn(record: readonly string[]): number {
  let count = 0
  for (const field of record) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) count += 1
  }
  return count
}

function malformed(path: string, error: CsvError): BadInput {
  const line = typeof error.lines === 'number' ? error.lines : 1
  const column = typeof error.column === 'number' ? error.column + 1 : 1
  const quotes = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code.includes('QUOTE')
  const found = quotes ? 'a quotation mark that does not fit' : error.message
  return new BadInput({ file: path, line, column }, found, 'expected fields quoted as RFC 4180 says')
}

/** Finds bytes that are not UTF-8, on whichever line they stand. */
class Utf8Check {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private readonly path: string
  private lines = 1

  constructor(path: string) {
    this.path = path
  }

  refuseInvalid(chunk: Buffer): void {
    try {
      this.decoder.decode(chunk, { stream: true })
    } catch {
      const before = new TextDecoder('utf-8').decode(chunk).split('\uFFFD', 1)[0] ?? ''
      const line = this.lines + before.split('\n').length - 1
      throw new BadInput({ file: this.path, line, column: 1 }, 'bytes that are not UTF-8', 'expected text in UTF-8')
    }
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.lines += 1
  }
}
