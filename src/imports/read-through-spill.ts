import { DocumentSpill, type RowCodec } from './document-spill.ts'
import type { ReadInput, ReadOptions } from './import-format.ts'
import { type FileKind, findInputFiles, type InputFile, identifyFiles } from './input-files.ts'

/** Reads one file, and hands over each row with the line on which it stands. Throws `BadInput`. */
export type ReadFile<Row> = (file: InputFile, onRow: (row: Row, line: number) => void) => Promise<void>

const reportEvery = 20_000

/**
 * Reads all files that the paths name, in order, into a spill that puts the rows of a document together. Throws what reading throws, and leaves
 * nothing behind then.
 */
export async function readThroughSpill<Row>(
  paths: readonly string[],
  format: { kinds: readonly FileKind[]; codec: RowCodec<Row>; readFile: ReadFile<Row> },
  options: ReadOptions,
): Promise<ReadInput<Row>> {
  const files = await identifyFiles(await findInputFiles(paths, format.kinds), format.kinds, options.log)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const spill = new DocumentSpill<Row>(bytes, format.codec)
  try {
    const counted: ReadInput<Row>['files'] = []
    for (const [index, file] of files.entries()) {
      const before = spill.rows
      await format.readFile(file, (row, line) => {
        spill.add(index, line, row)
        if (spill.rows % reportEvery === 0) options.onLines(spill.rows)
      })
      counted.push({ ...file, lines: spill.rows - before })
      options.onFile?.(counted.length)
    }
    spill.sort()
    return { files: counted, spill }
  } catch (error) {
    spill.remove()
    throw error
  }
}
