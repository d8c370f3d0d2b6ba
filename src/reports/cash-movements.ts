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
import { playedRoles } from '../ledger/playing.ts'
import { rangesOfActivity, shapeActivity, shapesOf } from './activity.ts'
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
  const parameters = [tx.companyId, ...rangesOfActivity(ranges), idsOf('cash') ?? '{}', idsOf('brought_in') ?? '{}']
  const direct = await tx.query<DirectRow>(againstCash, parameters)
  const noFlow = await tx.query<NoFlowRow>(entriesWithoutMoney, [
    ...parameters,
    idsOf('investing', 'financing', 'exchange') ?? '{}',
  ])
  return { accounts, ...(await cashBalances(tx, accounts, ranges)), ...sortedOut(direct, noFlow, ranges.length) }
}

/** Every account of the company with the role that it plays and its activity: what the company says, or else by its role, by its heading, or by its class. */
export async function cashFlowAccounts(tx: Tx): Promise<CashFlowAccount[]> {
  const groups = new Map((await loadGroups(tx)).map((group) => [group.id, group]))
  const accounts = await tx.query<Omit<CashFlowAccount, 'activity'> & { chosen: ChosenActivity | null }>(
    `select a.id, a.code, a.name, a.class, p.role, a.group_id as "groupId", a.cash_flow as chosen
      from account a join (${playedRoles}) p on p.account_id = a.id where a.company_id = $1 order by a.code`,
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

const holds = (accounts: string): string => `m.accounts && ${accounts}::bigint[]`

const moved = `
  moved as materialized (
    select place, accounts, account_id, sum(debit_minor) as debit_minor, sum(credit_minor) as credit_minor from (${shapeActivity}) s group by 1, 2, 3
  )`

const againstCash = `
  with ${moved}
  select m.place::int, m.account_id, ${holds('$7')} as brought_in, sum(m.credit_minor)::bigint as received, -sum(m.debit_minor)::bigint as paid
    from moved m where ${holds('$6')} and m.account_id <> all ($6::bigint[])
    group by 1, 2, 3`

// Entries that close a year are stored with the others of their shape, and taken off again.
const entriesWithoutMoney = `
  with recursive ${closingEntries}, ${moved}, closed as materialized (
    select place, accounts, account_id, -debit_minor as debit_minor, -credit_minor as credit_minor
      from (${shapesOf('select id as entry_id from closing')}) c (place, accounts, account_id, debit_minor, credit_minor)
  )
  select m.place::int, m.account_id, sum(m.debit_minor - m.credit_minor)::bigint as amount
    from (
      select * from moved m where ${holds('$7')} or (${holds('$8')} and not ${holds('$6')})
      union all
      select * from closed m where ${holds('$8')} and not ${holds('$6')} and not ${holds('$7')}
    ) m
    where m.account_id <> all ($6::bigint[])
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
