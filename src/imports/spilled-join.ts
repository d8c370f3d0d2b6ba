import { DocumentSpill, type RowCodec } from './document-spill.ts'

type Kept = { file: number; line: number; key: string; fields: readonly string[] }

const codec: RowCodec<Kept & { isNamed: boolean }> = {
  keyOf: ({ key }) => key,
  orderOf: () => '',
  pack: ({ isNamed, key, fields }) => [isNamed ? 'named' : 'row', key, ...fields],
  unpack: ([what, key, ...fields]) => ({ isNamed: what === 'named', file: 0, line: 0, key: key as string, fields }),
}

/**
 * Gives rows what a row of another table says of the key that they name, such as an order its customer's name, wherever in the files both stand
 * and in memory that does not grow with them.
 */
export class SpilledJoin {
  private readonly spill: DocumentSpill<Kept & { isNamed: boolean }>

  constructor(totalBytes: number) {
    this.spill = new DocumentSpill(totalBytes, codec)
  }

  /** A row that waits for what its key says. */
  addRow(row: Kept): void {
    this.spill.add(row.file, row.line, { ...row, isNamed: false })
  }

  /** What a key says. */
  addNamed(row: Kept): void {
    this.spill.add(row.file, row.line, { ...row, isNamed: true })
  }

  /** Each row with what its key says, or undefined where no table says it; of several the first. */
  *read(): Generator<Kept & { named: readonly string[] | undefined }> {
    this.spill.sort()
    for (const { rows } of this.spill.read()) {
      const named = rows.find(({ row }) => row.isNamed)?.row.fields
      for (const { file, line, row } of rows) if (!row.isNamed) yield { ...row, file, line, named }
    }
  }

  remove(): void {
    this.spill.remove()
  }
}
