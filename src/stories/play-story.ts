import type pg from 'pg'
import type { AccountingDate } from '../kernel/accounting-date.ts'
import type { Database, Tx } from '../kernel/database.ts'
import { formatMinor, parseMinor } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { foldBalances } from '../ledger/fold-balances.ts'
import { sealEntries } from '../ledger/seal.ts'
import { listExceptions } from '../modules/inbox/index.ts'
import { runChecks } from '../reports/checks/index.ts'
import { letterheadOn } from '../reports/letterhead.ts'
import { taxSummary } from '../reports/tax-summary.ts'
import { trialBalance } from '../reports/trial-balance.ts'
import { asApplication, asOwner, openStoryBooks, type StoryBooks } from './books.ts'
import { performFact } from './perform-fact.ts'
import type { BalanceRow, ExpectedTax, Place, Step, Story, Verb } from './story.ts'

/** Where a story and the books do not say the same. */
export type Difference = Place & { text: string; expected: string; found: string }

/** What became of a story; `companyId` is null where its company was thrown away. */
export type StoryResult = {
  file: string
  ok: boolean
  companyId: bigint | null
  facts: number
  differences: Difference[]
}

/**
 * Plays a story in a company of its own, proves every check on it and throws the company away, unless it is to be kept. Nothing of it is
 * ever seen by anybody else before its end. The first fact that is refused without `refuse` ends the story, since what follows builds on it.
 */
export async function playStory(
  database: Database,
  story: Story,
  { keep = false }: { keep?: boolean } = {},
): Promise<StoryResult> {
  const client = await database.owner.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const books = await openStoryBooks(client, story)
    const differences = await playSteps(client, books, story)
    differences.push(...(await closingChecks(client, books.tx, story)))
    await client.query(keep ? 'commit' : 'rollback')
    const facts = story.steps.filter(({ does }) => does === 'fact').length
    const companyId = keep ? books.tx.companyId : null
    return { file: story.file, ok: differences.length === 0, companyId, facts, differences }
  } catch (error) {
    await client.query('rollback').catch((reason: Error) => {
      broken = reason
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function playSteps(client: pg.ClientBase, books: StoryBooks, { steps }: Story): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const step of steps) {
    if (step.does === 'balance') differences.push(...(await compareBalance(books, step, step.row)))
    else if (step.does === 'exceptions') differences.push(...(await compareExceptions(books, step, step.open)))
    else if (step.does === 'letterhead') differences.push(...(await compareLetterhead(books, step, step.said)))
    else if (step.does === 'tax') differences.push(...(await compareTax(books, step, step.tax)))
    else if (step.does === 'trial balance') differences.push(...(await compareTrialBalance(books, step, step.rows)))
    else {
      const refusal = await attempt(client, books, step.fact, step)
      const expected = step.does === 'refusal' ? `refused because ${step.code}` : 'done'
      const found = refusal === undefined ? 'done' : `refused because ${refusal.code}`
      if (expected === found) continue
      const said = refusal === undefined ? found : `${found}: ${refusal.message}`
      differences.push({ ...step.place, text: step.text, expected, found: said })
      return differences
    }
  }
  return differences
}

/** Does a fact whole or not at all, with every constraint looked at as at a commit. Returns the refusal, if it was refused. */
async function attempt(client: pg.ClientBase, books: StoryBooks, fact: Verb, step: Step): Promise<Refusal | undefined> {
  const orders = structuredClone(books.orders)
  await client.query('savepoint fact')
  try {
    await performFact(books, fact, step)
    await books.tx.query('set constraints all immediate')
    await client.query('set constraints all deferred; release savepoint fact')
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    books.orders = orders
    await client.query('rollback to savepoint fact; release savepoint fact')
    return error
  }
}

type Balances = { balanceOf(name: string): bigint; names: string[] }

/** What each role holds at the end of a day, and each account by its code, from the report that people read. */
async function balancesAt({ tx, header }: StoryBooks, { date }: Step): Promise<Balances> {
  const { rows } = await trialBalance(tx, { asOf: date })
  const balanceOf = (name: string): bigint =>
    rows
      .filter(({ role, code }) => role === name || code === name)
      .reduce((sum, { balance }) => sum + (parseMinor(balance.amount, header.company.currency) ?? 0n), 0n)
  return { balanceOf, names: [...new Set(rows.map(({ role, code }) => role ?? code))] }
}

async function compareBalance(books: StoryBooks, step: Step, row: BalanceRow): Promise<Difference[]> {
  const found = (await balancesAt(books, step)).balanceOf(row.name)
  return found === row.amountMinor ? [] : [differenceOf(books, row.place, step.text, row.name, row.amountMinor, found)]
}

/** How many exceptions somebody still has to look at. */
async function compareExceptions({ tx }: StoryBooks, { place, text }: Step, open: number): Promise<Difference[]> {
  const found = (await listExceptions(tx, { states: ['open', 'in_progress'] })).length
  return found === open ? [] : [{ ...place, text, expected: `exceptions ${open}`, found: `exceptions ${found}` }]
}

/** What the head of a document of that day says, from what documents read. */
async function compareLetterhead({ tx }: StoryBooks, { place, text, date }: Step, said: string): Promise<Difference[]> {
  const { company, lines } = await letterheadOn(tx, date)
  const found = [company, ...lines].join(' · ')
  return found === said ? [] : [{ ...place, text, expected: said, found }]
}

/** What the tax summary has of a code by then, from the report that people read. */
async function compareTax({ tx, header }: StoryBooks, step: Step, tax: ExpectedTax): Promise<Difference[]> {
  const { currency } = header.company
  const { rows } = await taxSummary(tx, { from: '1900-01-01' as AccountingDate, to: step.date })
  const own = rows.filter(({ side, code }) => side === tax.side && code === tax.code)
  const sum = (of: 'tax' | 'net') =>
    own.reduce((total, row) => total + (parseMinor(row[of].amount, currency) ?? 0n), 0n)
  const written = (taxMinor: bigint, baseMinor: bigint) =>
    `${tax.code} ${formatMinor(taxMinor, currency)} of ${formatMinor(baseMinor, currency)}`
  const [expected, found] = [written(tax.taxMinor, tax.baseMinor), written(sum('tax'), sum('net'))]
  return expected === found ? [] : [{ ...step.place, text: step.text, expected, found }]
}

/** Every account that is not zero, exactly: one that the story leaves out must be at zero. */
async function compareTrialBalance(books: StoryBooks, step: Step, rows: readonly BalanceRow[]): Promise<Difference[]> {
  const { balanceOf, names } = await balancesAt(books, step)
  const written = rows.flatMap((row) => {
    const found = balanceOf(row.name)
    return found === row.amountMinor
      ? []
      : [differenceOf(books, row.place, step.text, row.name, row.amountMinor, found)]
  })
  const leftOut = names
    .filter((name) => balanceOf(name) !== 0n && !rows.some((row) => row.name === name))
    .map((name) => differenceOf(books, step.place, step.text, name, 0n, balanceOf(name)))
  return [...written, ...leftOut]
}

function differenceOf(
  { header }: StoryBooks,
  place: Place,
  text: string,
  name: string,
  expected: bigint,
  found: bigint,
): Difference {
  const written = (minor: bigint) => `${name} ${formatMinor(minor, header.company.currency)}`
  return { ...place, text, expected: written(expected), found: written(found) }
}

/** Seals and folds, as a day's end does, and proves every check on what the story left. */
async function closingChecks(client: pg.ClientBase, tx: Tx, story: Story): Promise<Difference[]> {
  await asOwner(client)
  await sealEntries(tx)
  await foldBalances(tx)
  await asApplication(client)
  const { checks } = await runChecks(tx)
  const end = story.steps.at(-1)?.place ?? { file: story.file, line: 1, column: 1 }
  return checks
    .filter(({ result }) => result === 'broken')
    .map(({ name, rows }) => ({
      ...end,
      text: `check ${name}`,
      expected: 'held',
      found: `broken: ${JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`,
    }))
}
