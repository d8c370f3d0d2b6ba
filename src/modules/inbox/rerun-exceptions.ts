import { today } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { isRole } from '../../ledger/charts/index.ts'
import {
  addLineCodeRules,
  findOrAddItems,
  type LineCodeRule,
  lineCodeReader,
  listLineCodeRules,
} from '../catalog/index.ts'
import { destinationNames, nameDestinations } from '../tax/index.ts'
import { resolveExceptions, writeNotes } from './change-exceptions.ts'
import { type Exception, exceptionsById, listExceptions } from './exceptions.ts'
import { placeSuspense, suspenseOf } from './suspense.ts'

/** What became of an exception: what is still open says why. `moved` are the lines that left suspense. */
export type Rerun = { id: bigint; state: string; message: string; moved: number }

/** What an unknown code stands for from now on, and what its lines in suspense turned out to be. */
export type CodeRemedy = { id: bigint; standsFor: 'item' | 'charge'; role?: string; taxed?: boolean }

/** Where a destination is that nobody could place. It holds for every document with the same words. */
export type DestinationRemedy = { id: bigint; country: string }

// Below those of the rules that a company starts with, so that what is said of one code goes before what is said of many.
const priorityOfOneCode = 5

/**
 * Says what unknown codes stand for, adds the items that they are, moves all of their lines out of suspense, and closes them: one command. Later imports read the codes by
 * these rules. The tax that was booked stays as it is. Refuses `exception_unknown`, `exception_not_of_kind`, `role_unknown`,
 * `mapping_leaves_sub_ledger`, `mapping_missing`.
 */
export async function placeUnknownCodes(tx: Tx, remedies: readonly CodeRemedy[]): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unknown_code')
  for (const { role } of remedies)
    if (role === 'gift_card_liability') throw new Refusal('mapping_leaves_sub_ledger', { role })
  const bySource = Map.groupBy(
    found.map((exception, index) => ({ exception, remedy: remedies[index] as CodeRemedy })),
    ({ exception }) => exception.source,
  )
  for (const [source, placed] of bySource) {
    await addLineCodeRules(
      tx,
      source,
      placed.map(({ exception: { subject }, remedy: { standsFor, role = 'sales', taxed = true } }) => ({
        priority: priorityOfOneCode,
        pattern: subject.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
        standsFor,
        role: roleOf(role),
        taxed,
      })),
      tx.actor,
    )
  }
  const items = found.filter((_, index) => remedies[index]?.standsFor === 'item')
  await findOrAddItems(
    tx,
    items.map(({ subject }) => ({ code: subject, name: subject })),
  )
  return await rerunExceptions(
    tx,
    remedies.map(({ id }) => id),
  )
}

function roleOf(role: string): LineCodeRule['role'] {
  if (!isRole(role)) throw new Refusal('role_unknown', { role })
  return role
}

/**
 * Says where destinations are, and closes every exception with the same words. What was taxed stays taxed: tax that an invoice states is owed
 * until a credit note corrects it (EU directive 2006/112 art. 203, UK VATA 1994 Sch 11 para 5). Refuses `exception_unknown`,
 * `exception_not_of_kind`, `country_unknown`.
 */
export async function placeDestinations(tx: Tx, remedies: readonly DestinationRemedy[]): Promise<Rerun[]> {
  const found = await ofKind(tx, remedies, 'unclear_destination')
  const words = await destinationsOf(tx, found)
  const named = found.flatMap(({ id }, index) => {
    const name = words.get(id)
    return name === undefined ? [] : [{ name, country: remedies[index]?.country ?? '' }]
  })
  await nameDestinations(tx, named)
  const alike = await listExceptions(tx, { kind: 'unclear_destination', states: ['open', 'in_progress'] })
  const wordsOfAll = await destinationsOf(tx, alike)
  const same = alike.filter(({ id }) => named.some(({ name }) => name === wordsOfAll.get(id)))
  const ids = new Set([...remedies.map(({ id }) => id), ...same.map(({ id }) => id)])
  return await rerunExceptions(tx, [...ids])
}

async function ofKind(tx: Tx, remedies: readonly { id: bigint }[], kind: string): Promise<Exception[]> {
  const found = await exceptionsById(
    tx,
    remedies.map(({ id }) => id),
  )
  const other = found.find((exception) => exception.kind !== kind)
  if (other !== undefined)
    throw new Refusal('exception_not_of_kind', { exception: other.id, kind: other.kind, needs: kind })
  return found
}

/**
 * Tries again what exceptions stopped at, by the rules as they are now: an unknown code that a rule covers by now leaves suspense, a destination that
 * was named is clear. What succeeded is closed. Refuses `exception_unknown`.
 */
export async function rerunExceptions(tx: Tx, ids: readonly bigint[]): Promise<Rerun[]> {
  const exceptions = await exceptionsById(tx, ids)
  const codes = await rerunCodes(
    tx,
    exceptions.filter(({ kind }) => kind === 'unknown_code'),
  )
  const destinations = await rerunDestinations(
    tx,
    exceptions.filter(({ kind }) => kind === 'unclear_destination'),
  )
  const done = new Map([...codes, ...destinations].map((one) => [one.id, one]))
  const open = new Map(exceptions.map((exception) => [exception.id, exception.state]))
  const results = exceptions.map(
    ({ id, state }): Rerun => done.get(id) ?? { id, state, message: 'Nothing can be tried again by itself', moved: 0 },
  )
  await recordReruns(
    tx,
    results.filter(({ id, state }) => state !== 'resolved' || (done.has(id) && open.get(id) !== 'dismissed')),
  )
  return results
}

/** Closes the exceptions whose re-run succeeded, and writes down of the others why it did not. */
export async function recordReruns(tx: Tx, reruns: readonly Rerun[]): Promise<void> {
  const notes = reruns.map(({ id, state, message }) => ({ id, state, body: message }))
  await resolveExceptions(
    tx,
    notes.filter(({ state }) => state === 'resolved'),
  )
  await writeNotes(
    tx,
    'rerun',
    notes.filter(({ state }) => state !== 'resolved'),
  )
}

/** Closes the unknown codes of which nothing is in suspense any more: a mapping or a person has placed their lines. Returns their ids. */
export async function closePlacedCodes(tx: Tx): Promise<bigint[]> {
  const waiting = await listExceptions(tx, { kind: 'unknown_code', states: ['open', 'in_progress'] })
  const placed: bigint[] = []
  for (const [source, ofSource] of Map.groupBy(waiting, (exception) => exception.source)) {
    const codes = ofSource.map(({ subject }) => subject)
    const standing = await suspenseOf(tx, source, codes)
    placed.push(...ofSource.filter(({ subject }) => !standing.has(subject)).map(({ id }) => id))
  }
  await resolveExceptions(
    tx,
    placed.map((id) => ({ id, body: 'Nothing of it is in suspense any more' })),
  )
  return placed
}

async function rerunCodes(tx: Tx, exceptions: readonly Exception[]): Promise<Rerun[]> {
  const { timeZone } = await companyFacts(tx)
  const results: Rerun[] = []
  for (const [source, ofSource] of Map.groupBy(exceptions, (exception) => exception.source)) {
    const read = lineCodeReader(await listLineCodeRules(tx, source))
    const ruled = ofSource.map((exception) => ({ exception, rule: read(exception.subject, today(timeZone)) }))
    for (const { exception, rule } of ruled) {
      if (rule === undefined || rule.standsFor === 'unknown')
        results.push({
          id: exception.id,
          state: exception.state,
          message: 'No rule says what the code stands for',
          moved: 0,
        })
    }
    const known = ruled.filter(({ rule }) => rule !== undefined && rule.standsFor !== 'unknown')
    for (const [role, ofRole] of Map.groupBy(known, ({ rule }) => rule?.role as string)) {
      const codes = ofRole.map(({ exception }) => exception.subject)
      const { lines } = await placeSuspense(tx, {
        source,
        codes,
        role,
        reason: `${codes.join(', ')} placed as ${role}`,
      })
      for (const { exception } of ofRole)
        results.push({ id: exception.id, state: 'resolved', message: `Placed as ${role}`, moved: lines })
    }
  }
  return results
}

async function rerunDestinations(tx: Tx, exceptions: readonly Exception[]): Promise<Rerun[]> {
  if (exceptions.length === 0) return []
  const words = await destinationsOf(tx, exceptions)
  const names = await destinationNames(tx)
  return exceptions.map(({ id, state }): Rerun => {
    const name = words.get(id)
    const country = name === undefined ? undefined : names.get(name)
    return country === undefined
      ? { id, state, message: `Nobody has said where '${name ?? ''}' is`, moved: 0 }
      : { id, state: 'resolved', message: `'${name}' is ${country}; the tax stays as it was booked`, moved: 0 }
  })
}

/** What the documents of exceptions say of their destinations. */
async function destinationsOf(tx: Tx, exceptions: readonly Exception[]): Promise<Map<bigint, string>> {
  const rows = await tx.query<{ id: bigint; destination: string }>(
    `select x.id, d.destination from exception x
      join sales_document d on d.company_id = $1 and d.source = x.source and d.number = x.subject
      where x.company_id = $1 and x.id = any ($2::bigint[])`,
    [tx.companyId, `{${exceptions.map(({ id }) => id).join(',')}}`],
  )
  return new Map(rows.map(({ id, destination }) => [id, destination]))
}
