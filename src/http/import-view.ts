import type { z } from 'zod'
import type { Import, ImportEvent } from '../contracts/imports.ts'
import type { Decision, DecisionSummary, ImportResult } from '../imports/index.ts'
import { only, type Tx } from '../kernel/database.ts'
import { type ImportProgressView, type ImportRequest, movesOf } from '../modules/intake/index.ts'
import { type Actor, namedActors } from '../reports/actors.ts'
import { decisionView } from './import-remedies.ts'

type Problem = { decisions?: Decision[] } & Record<string, unknown>

type ImportView = z.output<typeof Import>

/** Imports as the API tells them, with who asked for each, what can be done with it and the ways to decide what it asks. */
export async function importViews(tx: Tx, requests: readonly ImportRequest[]): Promise<ImportView[]> {
  const nameOf = await namedActors(
    tx,
    requests.map(({ requestedBy }) => requestedBy),
  )
  return requests.map((request) => viewOf(request, tx.companyId, nameOf(request.requestedBy)))
}

/** One import as the API tells it. */
export async function importView(tx: Tx, request: ImportRequest): Promise<ImportView> {
  return only(await importViews(tx, [request]))
}

function viewOf(request: ImportRequest, companyId: bigint, requester: Actor): ImportView {
  const { revision: _, check, problem, result, ...rest } = request
  const where = { companyId, importId: request.id }
  return {
    ...rest,
    id: String(request.id),
    requester,
    actions: movesOf(request),
    check: check === null ? null : checkView(check as ImportResult, where),
    problem: problem === null ? null : problemView(problem as Problem, where),
    result: result as ImportResult | null,
  } as ImportView
}

type Where = { companyId: bigint; importId: bigint }

function checkView({ decisions, ...check }: ImportResult & { decisions?: DecisionSummary }, where: Where) {
  const { rows = [], beyond = {} } = decisions ?? {}
  return { ...check, decisions: rows.map((one) => decisionView(one, where)), decisionsBeyond: beyond }
}

const problemView = ({ decisions, ...problem }: Problem, where: Where) => ({
  ...problem,
  ...(decisions === undefined ? {} : { decisions: decisions.map((one) => decisionView(one, where)) }),
})

/** How far an import is, as its events tell it. */
export function importEvent(request: ImportProgressView): z.output<typeof ImportEvent> {
  const { id, state, files, phase, filesRead, lines, linesDone, documents, documentsDone } = request
  const { entries, entriesPerSecond, secondsLeft, posted, message } = request
  return {
    importId: String(id),
    state,
    actions: movesOf(request),
    files: files.length,
    ...{ phase, filesRead, lines, linesDone, documents, documentsDone, entries, entriesPerSecond, secondsLeft },
    posted,
    message: state === 'cancelled' ? cancelledWords(request) : message,
  }
}

const cancelledWords = ({ posted: { documents, entries } }: ImportProgressView): string =>
  entries + documents === 0
    ? 'Cancelled: nothing of it was posted.'
    : `Cancelled: ${documents} documents and ${entries} entries that it had posted stay in the books.`
