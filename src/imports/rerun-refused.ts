import { bisect } from '../kernel/bisect.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { keepRefusedContent, raiseExceptions } from '../modules/inbox/index.ts'
import { type ImportedOrderOutcome, importOrders, linkCreditLines, prepareDocuments } from '../modules/sales/index.ts'
import type { RowGroup } from './document-spill.ts'
import { exceptionsOf } from './exceptions-of.ts'
import type { ImportFormat, PlannedOrder, PlannerRun, ReadInput } from './import-format.ts'

/** The rows of a refused document as they are kept: each its file's place, its line, and its packed fields. */
type Kept = { key: string; rows: (number | string)[][]; fileIds: string[]; importRunId: string; beside?: unknown }

// A document of a megabyte of rows is no order: somebody imports its file again.
const mostCharacters = 1_000_000

/** Keeps the rows of a document that the books refused with its exception, where its format can be tried again from them. */
export async function keepRows<Row, Input extends ReadInput<Row>>(
  tx: Tx,
  { name, codec, beside }: Pick<ImportFormat<Row, Input>, 'name' | 'codec' | 'beside'>,
  { number, group, run, input }: { number: string; group: RowGroup<Row>; run: PlannerRun; input: Input },
): Promise<void> {
  if (codec === undefined) return
  const content: Kept = {
    key: group.key,
    rows: group.rows.map(({ file, line, row }) => [file, line, ...codec.pack(row)]),
    fileIds: run.fileIds.map(String),
    importRunId: String(run.importRunId),
    ...(beside === undefined ? {} : { beside: beside.keep(group, input) }),
  }
  if (JSON.stringify(content).length > mostCharacters) return
  await keepRefusedContent(tx, [{ source: name, subject: number, format: name, content }])
}

/** A document to try again. */
export type RefusedDocument = { id: bigint; content: unknown }

/**
 * Tries documents again by the rules as they are now. Returns for each why it is still refused, null for one that is in the books, or the request
 * as which it waits for a second person.
 */
export type RerunRefused = (
  tx: Tx,
  refused: readonly RefusedDocument[],
) => Promise<Map<bigint, Refusal | null | { waits: bigint }>>

/** How documents of a format are tried again; undefined where their rows are not kept. */
export function rerunOf<Row, Input extends ReadInput<Row>>(format: ImportFormat<Row, Input>): RerunRefused | undefined {
  const { name, codec, planner, beside } = format
  if (codec === undefined) return undefined
  return async (tx, refused) => {
    const kept = refused.map(({ id, content }) => ({ id, ...(content as Kept) }))
    const fileIds = [...new Set(kept.flatMap((one) => one.fileIds))]
    const places = new Map(fileIds.map((id, place) => [id, place]))
    const run = { fileIds: fileIds.map(BigInt), importRunId: 0n }
    const plan = await planner(tx, run, beside?.restore(kept.map((one) => one.beside)) as Input)
    const results = new Map<bigint, Refusal | null>()
    const planned = kept.flatMap((one) => {
      const rows = one.rows.map(([file, line, ...fields]) => ({
        file: places.get(one.fileIds[file as number] ?? '') ?? -1,
        line: line as number,
        row: codec.unpack(fields as string[]),
      }))
      try {
        return [{ id: one.id, order: ofRun(plan({ key: one.key, rows }), BigInt(one.importRunId)) }]
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        results.set(one.id, error)
        return []
      }
    })
    await bisect(tx, planned, {
      perform: async (some) => {
        await issue(
          tx,
          some.map(({ order }) => order),
        )
        for (const { id } of some) results.set(id, null)
      },
      refuse: ({ id }, refusal) => void results.set(id, refusal),
    })
    await linkCreditLines(tx, name)
    return results
  }
}

/** Documents stay those of the run that read them. */
const ofRun = (order: PlannedOrder, importRunId: bigint): PlannedOrder => ({
  ...order,
  documents: order.documents.map(({ request, exceptions }) => ({ exceptions, request: { ...request, importRunId } })),
})

async function issue(tx: Tx, orders: readonly PlannedOrder[]): Promise<void> {
  const requests = orders.map(({ documents, payments = [] }) => ({
    documents: documents.map(({ request }) => request),
    payments: payments.map(({ payment }) => payment),
  }))
  await prepareDocuments(
    tx,
    requests.flatMap(({ documents }) => documents),
  )
  const outcomes = await importOrders(tx, requests)
  await raiseExceptions(
    tx,
    orders.flatMap((order, index) => exceptionsOf(order, outcomes[index] as ImportedOrderOutcome)),
  )
}
