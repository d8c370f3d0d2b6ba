import type { Tx } from '../kernel/database.ts'
import type { NewException } from '../modules/inbox/index.ts'
import type { DocumentRequest, OrderPayment } from '../modules/sales/index.ts'
import type { DocumentSpill, RowCodec, RowGroup } from './document-spill.ts'
import type { FileKind, InputFile } from './input-files.ts'

/** A document planned from its rows, and what about it a person must look at. */
export type PlannedDocument = { request: DocumentRequest; exceptions: NewException[] }

/** A payment of it, and what about it a person must look at. */
export type PlannedPayment = { payment: OrderPayment; exceptions: NewException[] }

/** What the rows of one key come to: its documents, the first of which is its own, and how they were paid. */
export type PlannedOrder = { documents: readonly PlannedDocument[]; payments?: readonly PlannedPayment[] }

/** What the files hold, read and checked to the last line. */
export type ReadInput<Row> = { files: (InputFile & { lines: number })[]; spill: DocumentSpill<Row> }

/** `onLines` is told of every so many lines, `onFile` of every file that has been read to its end; either may throw to end the reading. */
export type ReadOptions = {
  log: (line: string) => void
  onLines: (lines: number) => void
  onFile?: (files: number) => void
}

/** Plans what the rows of one key come to; pure. Throws a `Refusal` where the company's rules do not cover them: they are set aside. */
export type Planner<Row> = (group: RowGroup<Row>) => PlannedOrder

/** A run of an import: the ids of its files, by their place, and its own. */
export type PlannerRun = { fileIds: readonly bigint[]; importRunId: bigint }

/**
 * A file format: how to read it, and how to turn the rows of an order into its documents and payments, by the company's rules. Its name is the
 * source of its documents.
 */
export type ImportFormat<Row, Input extends ReadInput<Row> = ReadInput<Row>> = {
  name: string
  /** The kinds of files that it reads. */
  files: readonly FileKind[]
  /** One batch after the other, where what an order does hangs on an earlier one, such as a gift card's sale. */
  inOrder?: boolean
  /** How rows are written down: with it, what the books refuse can be tried again without its file. */
  codec?: RowCodec<Row>
  /** What the planner needs beside the rows, where it needs anything: how it is kept with a document, and put together again. */
  beside?: {
    keep(group: RowGroup<Row>, input: Input): unknown
    restore(kept: readonly unknown[]): Pick<Input, Exclude<keyof Input, keyof ReadInput<Row>>>
  }
  read(paths: readonly string[], options: ReadOptions): Promise<Input>
  planner(tx: Tx, run: PlannerRun, input: Input): Promise<Planner<Row>>
}
