import { today } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { wordsOfRole } from '../../kernel/role-words.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import type { Role } from '../../ledger/charts/index.ts'
import { lineCodeReader, lineCodeRulesOfSources, listSourceNameRules, sourceNameReader } from '../catalog/index.ts'
import { destinationNames, listTaxCodes, type TaxCode } from '../tax/index.ts'
import { resolveExceptions, writeNotes } from './change-exceptions.ts'
import { type Exception, exceptionsById } from './exceptions.ts'
import { countingMoved, followSuspense, type Placing, placePayments, placeSuspense } from './suspense.ts'

/** What became of an exception: what is still open says why. `moved` are the lines that left suspense. */
export type Rerun = {
  id: bigint
  state: string
  message: string
  moved: number
  /** The request as which it waits for a second person. */
  approvalId?: bigint | undefined
}

/**
 * Tries again what exceptions stopped at, by the rules as they are now: an unknown code that a rule covers by now leaves suspense, and so does a tax
 * that was named, and the money of a payment whose name was explained; a destination that was named is clear. What succeeded is closed. Refuses
 * `exception_unknown`, and `approval_needed` where the company wants a second person for so much and none has approved it.
 */
export async function rerunExceptions(tx: Tx, ids: readonly bigint[], how: Placing = {}): Promise<Rerun[]> {
  const exceptions = await exceptionsById(tx, ids)
  const ofKind = (wanted: Exception['kind']) => exceptions.filter(({ kind }) => kind === wanted)
  const [codes, taxes, payments] = [ofKind('unknown_code'), ofKind('unknown_tax'), ofKind('unknown_payment_method')]
  const placed = await countingMoved(tx, [...codes, ...taxes, ...payments], async () => [
    ...(await rerunCodes(tx, codes, how)),
    ...(await rerunTaxes(tx, taxes, how)),
    ...(await rerunPayments(tx, payments, how)),
  ])
  const destinations = await rerunDestinations(tx, ofKind('unclear_destination'))
  const done = new Map([...placed, ...destinations].map((one) => [one.id, one]))
  const open = new Map(exceptions.map((exception) => [exception.id, exception.state]))
  const results = exceptions.map(
    ({ id, state }): Rerun => done.get(id) ?? { id, state, message: 'Nothing can be tried again by itself', moved: 0 },
  )
  await recordReruns(
    tx,
    results.filter(({ id, state }) => state !== 'resolved' || (done.has(id) && open.get(id) !== 'dismissed')),
  )
  // What was dismissed stays so, and is about what still stands.
  const dismissed = [...codes, ...taxes].filter(({ state }) => state === 'dismissed')
  await followSuspense(
    tx,
    dismissed.map(({ id }) => id),
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

/** What an exception's lines turned out to be. */
type Known = { exception: Exception; role: Role; taxCode?: TaxCode }

async function rerunCodes(tx: Tx, exceptions: readonly Exception[], how: Placing): Promise<Rerun[]> {
  if (exceptions.length === 0) return []
  const { timeZone } = await companyFacts(tx)
  const day = today(timeZone)
  const sources = [...new Set(exceptions.map(({ source }) => source))]
  const rules = Map.groupBy(await lineCodeRulesOfSources(tx, sources), ({ source }) => source)
  const readers = new Map(sources.map((source) => [source, lineCodeReader(rules.get(source) ?? [])]))
  return await place(tx, exceptions, how, 'No rule says what the code stands for', (exception) => {
    const rule = readers.get(exception.source)?.(exception.subject, day)
    return rule === undefined || rule.standsFor === 'unknown' ? undefined : { exception, role: rule.role }
  })
}

async function rerunTaxes(tx: Tx, exceptions: readonly Exception[], how: Placing): Promise<Rerun[]> {
  if (exceptions.length === 0) return []
  const { timeZone } = await companyFacts(tx)
  const day = today(timeZone)
  const codes = new Map((await listTaxCodes(tx)).map((code) => [code.code, code]))
  const rules = Map.groupBy(await listSourceNameRules(tx), ({ source }) => source)
  const readers = new Map([...rules].map(([source, own]) => [source, sourceNameReader(source, own)]))
  return await place(tx, exceptions, how, 'No rule says which tax it is', (exception) => {
    const taxCode = codes.get(readers.get(exception.source)?.tax(exception.subject, day) ?? '')
    return taxCode === undefined ? undefined : { exception, role: 'output_tax', taxCode }
  })
}

const roleOfMoney = { clearing: 'payment_clearing', bank: 'bank', cash: 'cash' } as const

async function rerunPayments(tx: Tx, exceptions: readonly Exception[], how: Placing): Promise<Rerun[]> {
  if (exceptions.length === 0) return []
  const { timeZone, baseCurrency } = await companyFacts(tx)
  const day = today(timeZone)
  const rules = Map.groupBy(await listSourceNameRules(tx), ({ source }) => source)
  const sources = [...new Set(exceptions.map(({ source }) => source))]
  const readers = new Map(sources.map((source) => [source, sourceNameReader(source, rules.get(source) ?? [])]))
  const read = exceptions.map((exception) => {
    const name = nameOfPayment(exception, baseCurrency)
    const { standsFor = 'unknown', method } = readers.get(exception.source)?.payment(name, day) ?? {}
    return { exception, standsFor, method: method ?? name }
  })
  const results: Rerun[] = []
  for (const group of Map.groupBy(read, ({ standsFor, method }) => `${standsFor} ${method}`).values()) {
    const [{ standsFor, method }] = group as [(typeof read)[number]]
    const role =
      standsFor === 'clearing' || standsFor === 'bank' || standsFor === 'cash' ? roleOfMoney[standsFor] : null
    const message = role === null ? stays(standsFor) : `Placed as ${wordsOfRole(role)} of ${method}`
    const ids = group.map(({ exception }) => exception.id)
    const reason = `${namesOf(group.map(({ exception }) => exception))}: ${message.toLowerCase()}`
    const { lines } = role === null ? { lines: 0 } : await placePayments(tx, { ids, role, method, reason }, how)
    for (const { exception } of group)
      results.push({ id: exception.id, state: role === null ? exception.state : 'resolved', message, moved: lines })
  }
  return results
}

const stays = (standsFor: string): string =>
  standsFor === 'unknown'
    ? 'No rule says where the money is'
    : `Later payments are read as ${standsFor.replace('_', ' ')}; what is in suspense has to be moved by hand`

/** The name that a source has for a payment: an exception about another currency than the company's has that behind it. */
export const nameOfPayment = ({ subject, currency }: Pick<Exception, 'subject' | 'currency'>, base: string): string =>
  currency !== base && subject.endsWith(` ${currency}`) ? subject.slice(0, -currency.length - 1) : subject

const mostNamed = 20

const namesOf = (exceptions: readonly Exception[]): string => {
  const subjects = exceptions.map(({ subject }) => subject)
  return `${subjects.slice(0, mostNamed).join(', ')}${subjects.length > mostNamed ? ' and more' : ''}`
}

/** Moves the lines of those that are known out of suspense, role by role, and says of the others that they are not. */
async function place(
  tx: Tx,
  exceptions: readonly Exception[],
  how: Placing,
  unknown: string,
  knownAs: (exception: Exception) => Known | undefined,
): Promise<Rerun[]> {
  const read = exceptions.map((exception) => ({ exception, known: knownAs(exception) }))
  const results = read.flatMap(({ exception: { id, state }, known }): Rerun[] =>
    known === undefined ? [{ id, state, message: unknown, moved: 0 }] : [],
  )
  const groups = Map.groupBy(
    read.flatMap(({ known }) => known ?? []),
    ({ role, taxCode }) => `${role} ${taxCode?.code ?? ''}`,
  )
  for (const group of groups.values()) {
    const [{ role, taxCode }] = group as [Known]
    const message = `Placed as ${wordsOfRole(role)}${taxCode === undefined ? '' : ` of ${taxCode.code}`}`
    const named = namesOf(group.map(({ exception }) => exception))
    const ids = group.map(({ exception }) => exception.id)
    const placed = { ids, role, taxCode, reason: `${named}: ${message.toLowerCase()}` }
    const { lines } = await placeSuspense(tx, placed, how)
    for (const { exception } of group) results.push({ id: exception.id, state: 'resolved', message, moved: lines })
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
export async function destinationsOf(tx: Tx, exceptions: readonly Exception[]): Promise<Map<bigint, string>> {
  const rows = await tx.query<{ id: bigint; destination: string }>(
    `select x.id, d.destination from exception x
      join sales_document d on d.company_id = $1 and d.source = x.source and d.number = x.subject
      where x.company_id = $1 and x.id = any ($2::bigint[])`,
    [tx.companyId, `{${exceptions.map(({ id }) => id).join(',')}}`],
  )
  return new Map(rows.map(({ id, destination }) => [id, destination]))
}
