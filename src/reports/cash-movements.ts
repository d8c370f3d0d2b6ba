import { column } from '../kernel/column.ts'
import type { Tx } from '../kernel/database.ts'
import {
  activityOfClass,
  activityOfHeading,
  activityOfRole,
  type CashFlowActivity,
  type ChosenActivity,
  type Role,
} from '../ledger/charts/index.ts'
import type { Range } from './periods.ts'
import { type Group, loadGroups } from './statement.ts'
import { type AccountMovement, accountMovements, closingEntries } from './stored-balances.ts'

/** An account and where money that moves against it stands in the cash flow statement. */
export type CashFlowAccount = Omit<AccountMovement, 'amounts'> & { activity: CashFlowActivity | 'cash' }

/** Minor units, money in positive, one for each range. */
type Amounts = bigint[]

/** What moved cash, twice: from the lines that stand in one entry with it, and from the balances of all other accounts. */
export type CashMovements = {
  accounts: CashFlowAccount[]
  /** What the cash accounts held before each range, and by how much they changed, from stored balances. */
  opening: Amounts
  change: Amounts
  /** Direct: by account, what entries with a line on a cash account say against it, money that came and money that went. */
  received: Map<bigint, Amounts>
  paid: Map<bigint, Amounts>
  /** Indirect: by account other than cash, its movement taken the other way round; and what of it entries without money did, see below. */
  moved: Map<bigint, Amounts>
  withoutMoney: Map<bigint, Amounts>
  /** Cash that entries against opening balances brought in. */
  broughtIn: Amounts
}

/**
 * Reads what moved cash in each of the ranges. Entries that close a year are left out. Entries against opening balances bring cash in as a
 * whole. An entry without a line on cash that touches an account of investing, financing or exchange is no flow (IAS 7.43), such as
 * depreciation or a purchase on credit: what it moved is in `withoutMoney`.
 */
export async function cashMovements(tx: Tx, ranges: readonly Range[]): Promise<CashMovements> {
  const accounts = await cashFlowAccounts(tx)
  const idsOf = (...activities: CashFlowAccount['activity'][]): string | null =>
    column(
      accounts.filter(({ activity }) => activities.includes(activity)),
      ({ id }) => id,
    )
  const parameters = [
    tx.companyId,
    column(ranges, ({ from }) => from),
    column(ranges, ({ to }) => to),
    idsOf('cash') ?? '{}',
    idsOf('brought_in') ?? '{}',
  ]
  const direct = await tx.query<DirectRow>(againstCash, parameters)
  const noFlow = await tx.query<NoFlowRow>(entriesWithoutMoney, [
    ...parameters,
    idsOf('investing', 'financing', 'exchange') ?? '{}',
  ])
  return { accounts, ...(await cashBalances(tx, accounts, ranges)), ...sortedOut(direct, noFlow, ranges.length) }
}

/** Every account of the company with its activity: what the company says, or else by its role, by its heading, or by its class. */
export async function cashFlowAccounts(tx: Tx): Promise<CashFlowAccount[]> {
  const groups = new Map((await loadGroups(tx)).map((group) => [group.id, group]))
  const accounts = await tx.query<Omit<CashFlowAccount, 'activity'> & { chosen: ChosenActivity | null }>(
    `select id, code, name, class, role, group_id as "groupId", cash_flow as chosen from account where company_id = $1 order by code`,
    [tx.companyId],
  )
  return accounts.map(({ chosen, ...account }) => ({ ...account, activity: chosen ?? activityOf(account, groups) }))
}

function activityOf(
  { role, groupId, class: accountClass }: Omit<CashFlowAccount, 'activity'>,
  groups: ReadonlyMap<bigint, Group>,
): CashFlowAccount['activity'] {
  const byRole = role === null ? undefined : activityOfRole[role as Role]
  if (byRole !== undefined) return byRole
  const byHeading: Readonly<Record<string, CashFlowAccount['activity']>> = activityOfHeading
  for (let id = groupId; id !== null; ) {
    const group = groups.get(id)
    const found = group && byHeading[group.code]
    if (found !== undefined) return found
    id = group?.parentId ?? null
  }
  return activityOfClass[accountClass]
}

type DirectRow = { place: number; account_id: bigint; brought_in: boolean; received: bigint; paid: bigint }
type NoFlowRow = { place: number; account_id: bigint; amount: bigint }

// Entry by entry, so that no plan reads the journal from end to end for the few entries of a month (offset 0 keeps the lookups in place).
const touching = (accounts: string): string => `
  select distinct w.place, l.entry_id
    from unnest($2::date[], $3::date[]) with ordinality as w (first_day, last_day, place)
    cross join unnest(${accounts}::bigint[]) as a (id)
    cross join lateral (
      select entry_id from journal_line where company_id = $1 and account_id = a.id and posted_on between w.first_day and w.last_day offset 0
    ) l`

const hasLineOn = (accounts: string): string =>
  `exists (select from journal_line l where l.company_id = $1 and l.entry_id = t.entry_id and l.account_id = any (${accounts}::bigint[]))`

const linesOfEntries = `
  cross join lateral (select account_id, amount_minor from journal_line where company_id = $1 and entry_id = t.entry_id offset 0) l`

const againstCash = `
  select t.place::int, l.account_id, t.brought_in, sum(greatest(-l.amount_minor, 0))::bigint as received,
      sum(least(-l.amount_minor, 0))::bigint as paid
    from (select t.*, ${hasLineOn('$5')} as brought_in from (${touching('$4')}) t) t
    ${linesOfEntries}
    where l.account_id <> all ($4::bigint[])
    group by 1, 2, 3`

const entriesWithoutMoney = `
  with recursive ${closingEntries}
  select t.place::int, l.account_id, sum(l.amount_minor)::bigint as amount
    from (
      select * from (${touching('$6')}) t where not ${hasLineOn('$4')} and not ${hasLineOn('$5')} and t.entry_id not in (select id from closing)
      union
      select * from (${touching('$5')}) t
    ) t
    ${linesOfEntries}
    where l.account_id <> all ($4::bigint[])
    group by 1, 2`

function sortedOut(direct: readonly DirectRow[], noFlow: readonly NoFlowRow[], ranges: number) {
  const zeros = (): Amounts => Array.from({ length: ranges }, () => 0n)
  const [received, paid, withoutMoney] = [
    new Map<bigint, Amounts>(),
    new Map<bigint, Amounts>(),
    new Map<bigint, Amounts>(),
  ]
  const add = (to: Map<bigint, Amounts>, id: bigint, place: number, amount: bigint): void => {
    if (amount === 0n) return
    const amounts = to.get(id) ?? zeros()
    amounts[place - 1] = (amounts[place - 1] ?? 0n) + amount
    to.set(id, amounts)
  }
  const broughtIn = zeros()
  for (const { place, account_id, brought_in, ...row } of direct) {
    if (brought_in) broughtIn[place - 1] = (broughtIn[place - 1] ?? 0n) + row.received + row.paid
    else {
      add(received, account_id, place, row.received)
      add(paid, account_id, place, row.paid)
    }
  }
  for (const { place, account_id, amount } of noFlow) add(withoutMoney, account_id, place, amount)
  return { received, paid, withoutMoney, broughtIn }
}

async function cashBalances(tx: Tx, accounts: readonly CashFlowAccount[], ranges: readonly Range[]) {
  const isCash = new Set(accounts.filter(({ activity }) => activity === 'cash').map(({ id }) => id))
  const throughEnds = ranges.map(({ to }) => ({ from: null, to }))
  const both = await accountMovements(tx, [...ranges, ...throughEnds], { withoutYearClosings: true })
  const moved = new Map<bigint, Amounts>()
  const [change, closing] = [ranges.map(() => 0n), ranges.map(() => 0n)]
  for (const { id, amounts } of both) {
    const inRanges = amounts.slice(0, ranges.length)
    if (!isCash.has(id))
      moved.set(
        id,
        inRanges.map((amount) => -amount),
      )
    else {
      for (const [index, amount] of inRanges.entries()) {
        change[index] = (change[index] ?? 0n) + amount
        closing[index] = (closing[index] ?? 0n) + (amounts[ranges.length + index] ?? 0n)
      }
    }
  }
  return { moved, change, opening: closing.map((amount, index) => amount - (change[index] ?? 0n)) }
}
