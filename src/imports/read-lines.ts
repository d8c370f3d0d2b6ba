import { StringDecoder } from 'node:string_decoder'
import { BadInput } from '../kernel/bad-input.ts'
import { openInput } from './input-files.ts'
import { TextCheck } from './text-check.ts'

/** No line of a text that people write comes near; without a limit one that never ends would fill the memory. */
const longestLine = 1_000_000

/**
 * Streams the lines of a text (UTF-8, with or without a byte-order mark) with their numbers, counted from one. Lines end in LF, CRLF or CR. Throws
 * `BadInput` where it is no such text, for a line of more than a million characters, and for whatever `onLine` declines.
 */
export async function readLines(path: string, onLine: (line: string, number: number) => void): Promise<void> {
  const check = new TextCheck(path)
  const decoder = new StringDecoder('utf8')
  let waiting = ''
  let number = 0
  let isFirst = true
  for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
    check.refuseInvalid(chunk)
    let piece = decoder.write(chunk)
    if (isFirst && piece !== '') {
      piece = piece.replace(/^\uFEFF/, '')
      isFirst = false
    }
    const text = waiting + piece
    // A CR at the end may be the first half of a CRLF.
    const lines = text.split(/\r\n|\n|\r(?!$)/)
    waiting = lines.pop() as string
    for (const line of lines) {
      number += 1
      refuseTooLong(path, line, number)
      onLine(line, number)
    }
    refuseTooLong(path, waiting, number + 1)
  }
  check.refuseCutOff()
  for (const [index, line] of waiting.replace(/\r$/, '\n').split('\n').entries()) onLine(line, number + index + 1)
}

function refuseTooLong(file: string, line: string, number: number): void {
  if (line.length > longestLine)
    throw new BadInput(
      { file, line: number, column: 1 },
      `a line of more than ${longestLine} characters`,
      'expected it to end before',
    )
}
