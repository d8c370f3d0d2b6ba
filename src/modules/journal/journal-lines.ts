import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Account, listAccounts } from '../../ledger/accounts.ts'
import { isRole, type Role, roleNamed } from '../../ledger/charts/index.ts'
import type { Dimensions } from '../../ledger/journal.ts'
import type { DraftLine, InCurrency } from '../../posting/draft.ts'
import type { PartyKind } from '../parties/index.ts'
import { type LegacyAccount, legacyAccountReader } from '../structures/index.ts'
import { type TaxReader, taxReader } from './tax-lines.ts'

/**
 * A line that a person writes: an account by its code, or by the role that it plays; debit positive. A line on what customers owe, or on what
 * we owe suppliers, names the party and opens an item of its own, due on `dueOn` or else on the day of the entry.
 */
export type JournalLine = Dimensions &
  InCurrency & {
    account?: string
    role?: Role
    amountMinor: bigint
    openedOn?: AccountingDate | undefined
    dueOn?: AccountingDate | undefined
    /** The number that a document of earlier books has: its open item can be found and paid by it. */
    documentNumber?: string | null
    /**
     * A tax code by its name. On a tax account it needs `taxBaseMinor`, what was taxed: above zero for what was sold or bought, below it for
     * what was credited. On any other account it says what the line is about, and stands in no return.
     */
    taxCode?: string | undefined
  }

/** A line whose account is known, with what its sub-ledger needs. */
export type ResolvedLine = {
  line: DraftLine
  openedOn: AccountingDate | null
  dueOn: AccountingDate | null
  documentNumber: string | null
  /** The account of an earlier chart whose code the line was written with. */
  legacy: LegacyAccount | null
}

/** Our account for a code, also for one of an earlier chart. */
export type AccountFinder = (code: string) => { account: Account; legacy: LegacyAccount | null } | undefined

export async function accountFinder(tx: Tx): Promise<AccountFinder> {
  const accounts = new Map((await listAccounts(tx)).map((account) => [account.code, account]))
  const legacyOf = await legacyAccountReader(tx)
  return (code) => {
    const own = accounts.get(code)
    if (own !== undefined) return { account: own, legacy: null }
    const legacy = legacyOf(code)
    const account = legacy === undefined ? undefined : accounts.get(legacy.account)
    return account === undefined ? undefined : { account, legacy: legacy ?? null }
  }
}

/**
 * Turns the lines of journals into lines of posting rules. Refuses `account_unknown`, `role_unknown`, `line_is_zero`, `input_invalid` for a
 * line that names both or neither, `control_account_needs_document` for what a journal cannot move in its sub-ledger, and what `taxReader`
 * refuses of its tax.
 */
export async function resolveJournalLines(tx: Tx, journals: readonly Written[]): Promise<ResolvedLine[][]> {
  const known = await knownFor(tx, journals)
  const resolved = journals.map(({ date, lines }) => lines.map((line) => resolveLine(line, date, known)))
  await refuseOtherParties(tx, resolved.flat())
  return resolved
}

type Written = { date: AccountingDate; lines: readonly JournalLine[] }
type Known = { accounts: AccountFinder; tax: TaxReader }

async function knownFor(tx: Tx, journals: readonly Written[]): Promise<Known> {
  const lines = journals.flatMap((journal) => journal.lines)
  return { accounts: await accountFinder(tx), tax: await taxReader(tx, lines) }
}

const keptBy: Partial<Record<Role, PartyKind>> = { receivable: 'customer', payable: 'supplier' }

/** Customers stand on what customers owe and suppliers on what we owe; the other way round no report would look for them. */
async function refuseOtherParties(tx: Tx, lines: readonly ResolvedLine[]): Promise<void> {
  const kept = lines.flatMap(({ line: { role, partyId } }) => {
    const kind = role === null ? undefined : keptBy[role]
    return kind === undefined || typeof partyId !== 'bigint' ? [] : [{ kind, partyId, role }]
  })
  if (kept.length === 0) return
  const [other] = await tx.query<{ number: string; kind: string; role: string }>(
    `select p.number, p.kind, wanted.role from unnest($2::bigint[], $3::text[], $4::text[]) as wanted (id, kind, role)
      join party p on p.company_id = $1 and p.id = wanted.id and p.kind <> wanted.kind limit 1`,
    [tx.companyId, column(kept, (k) => k.partyId), column(kept, (k) => k.kind), column(kept, (k) => k.role)],
  )
  if (other !== undefined)
    throw new Refusal('party_of_other_kind', { party: other.number, is: other.kind, role: other.role })
}

/**
 * Tells, without writing anything, which journals would be refused for what they say themselves, in order: an unknown account or role, a line
 * of zero, tax that no return could take, lines that do not sum to zero, a reference that the list has had already.
 */
export async function refusableJournals(
  tx: Tx,
  journals: readonly (Written & { reference: string })[],
): Promise<(Refusal | undefined)[]> {
  const known = await knownFor(tx, journals)
  const seen = new Set<string>()
  return journals.map(({ reference, date, lines }) => {
    if (seen.has(reference)) return new Refusal('input_invalid', { repeated: reference })
    seen.add(reference)
    const difference = lines.reduce((sum, line) => sum + line.amountMinor, 0n)
    try {
      for (const line of lines) resolveLine(line, date, known)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
    return difference === 0n ? undefined : new Refusal('entry_not_balanced', { source: reference, difference })
  })
}

function resolveLine(
  { account: code, role: named, openedOn, dueOn, documentNumber, taxCode, taxBaseMinor, ...about }: JournalLine,
  date: AccountingDate,
  { accounts, tax }: Known,
): ResolvedLine {
  if ((code === undefined) === (named === undefined))
    throw new Refusal('input_invalid', { line: 'a line names an account or a role' })
  if (named !== undefined && !isRole(named)) throw new Refusal('role_unknown', { role: named })
  const found = code === undefined ? undefined : accounts(code)
  const account = found?.account
  if (code !== undefined && account === undefined) throw new Refusal('account_unknown', { account: code })
  if (about.amountMinor === 0n && (about.currencyAmountMinor ?? 0n) === 0n)
    throw new Refusal('line_is_zero', { account: code ?? named })
  const role = named ?? account?.role ?? null
  // A deposit stands beside a payment; an amount that no payment brought could never be applied nor paid back.
  if (role !== null && roleNamed(role).control === 'deposit')
    throw new Refusal('control_account_needs_document', { role })
  const line = { ...about, ...tax({ taxCode, taxBaseMinor }, { amountMinor: about.amountMinor, role, date }) }
  const drafted = account === undefined ? { ...line, role } : { ...line, role, accountId: account.id }
  return {
    line: drafted,
    openedOn: openedOn ?? null,
    dueOn: dueOn ?? null,
    documentNumber: documentNumber ?? null,
    legacy: found?.legacy ?? null,
  }
}
