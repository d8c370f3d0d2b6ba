import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { BudgetPlan } from '../../../../../clients/typescript/src/api.ts'
import { BudgetAmounts } from '../../../../../src/contracts/budgets.ts'
import { api, ProblemError, useChange } from '../../../../ui/api.ts'
import { type EntryForm, useEntryForm } from '../../../../ui/entry-form.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { monthsNamed } from './months.ts'
import { changesOf, type Plan, placeOf, planOf, pruned, type Typed, type Typing, unitsAt, wrongIn } from './plan.ts'
import { t } from './texts.ts'

/** Cells that somebody else changed to something else while they were being changed here. */
export type Conflicting = {
  keys: readonly string[]
  mine: Typed
  theirs: Plan
  keepMine(): void
  takeTheirs(): void
}

type Cells = { cells: Typed }

export type BudgetForm = {
  form: EntryForm<Cells>
  plan: Plan
  typed: Typed
  /** A key was pressed: what stands there is kept as it is. */
  type(some: Typed): void
  /** Amounts were entered: what says the same as the budget is no change. */
  enter(some: Typed): void
  /** Whether an amount stands at a place. */
  holds(key: string): boolean
  conflict: Conflicting | undefined
}

type Options = { read: BudgetPlan; tag: string | null; typing: Typing; currency: string }

/**
 * What was typed over a budget, and its saving: only what differs is sent, and only over what was read. What others changed in other cells
 * meanwhile is taken; cells that both changed are asked about.
 */
export function useBudgetForm({ read, tag, typing, currency }: Options): BudgetForm {
  const path = { ...useCompanyPath(), code: read.code }
  const [plan, setPlan] = useState(() => planOf(read.amounts))
  const [clash, setClash] = useState<Clash>()
  const change = useChange('replaceBudgetsAmounts', { forgets: ['listBudgets', 'listReportsTable'] })
  const readAgain = async () => {
    const now = await api.read('listBudgetsAmounts', { path })
    return { theirs: planOf(now.result.amounts), tag: now.tag }
  }
  const form = useEntryForm<Cells, ReturnType<typeof BudgetAmounts.parse>>({
    name: `budget.${read.code}`,
    initial: { cells: {} },
    schema: BudgetAmounts,
    tag,
    check: ({ cells }) => problemsOf(cells, { typing, currency }),
    body: ({ cells }) => ({
      amounts: changesOf(cells, { plan, typing }).map(({ channel, ...rest }) =>
        channel === null ? rest : { ...rest, channel },
      ),
    }),
    reread: async () => ({ values: { cells: {} }, tag: (await readAgain()).tag }),
    save: async (body, { tag: ifMatch, values }) => {
      if (body.amounts.length === 0) return { values: { cells: {} }, tag: ifMatch ?? null }
      try {
        await change.mutateAsync({ path, body, ifMatch })
        notifications.show({ message: t('saved', { count: body.amounts.length }) })
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'changed_meanwhile') throw error
        const { theirs, tag: now } = await readAgain()
        const keys = bothChanged(values.cells, { before: plan, theirs, typing })
        setPlan(theirs)
        if (keys.length > 0) {
          setClash({ keys, theirs })
          throw error
        }
        await change.mutateAsync({ path, body, ifMatch: now ?? undefined })
        notifications.show({ message: `${t('saved', { count: body.amounts.length })} ${t('savedBesides')}` })
      }
      const held = await readAgain()
      setPlan(held.theirs)
      return { values: { cells: {} }, tag: held.tag }
    },
  })
  const { fields } = form
  const typed = fields.values.cells
  const put = (some: Typed, kept: (cells: Typed) => Typed) => {
    fields.setFieldValue('cells', (before: Typed) => kept({ ...before, ...some }))
    fields.clearFieldError('cells')
  }
  return {
    form,
    plan,
    typed,
    type: (some) => put(some, (cells) => cells),
    enter: (some) => put(some, (cells) => pruned(cells, { plan, typing })),
    holds: (key) => unitsAt(key, { plan, typed, typing }) !== 0n,
    conflict: clash && conflictOf(form, clash),
  }
}

type Clash = { keys: readonly string[]; theirs: Plan }

/** What is asked, for as long as nothing was chosen. Taking theirs takes back the cells that both changed, and no others. */
function conflictOf({ fields, conflict }: EntryForm<Cells>, clash: Clash): Conflicting | undefined {
  if (conflict === undefined) return undefined
  const typed = fields.values.cells
  return {
    ...clash,
    mine: typed,
    keepMine: conflict.keepMine,
    takeTheirs: () => {
      const gone = new Set(clash.keys)
      const rest = Object.fromEntries(Object.entries(typed).filter(([key]) => !gone.has(key)))
      conflict.takeTheirs()
      fields.setFieldValue('cells', rest)
    },
  }
}

/** What was changed here and there, and not to the same. */
function bothChanged(
  typed: Typed,
  { before, theirs, typing }: { before: Plan; theirs: Plan; typing: Typing },
): string[] {
  return Object.keys(typed).filter((key) => {
    const was = unitsAt(key, { plan: before, typed: {}, typing })
    const now = unitsAt(key, { plan: theirs, typed: {}, typing })
    return was !== now && now !== unitsAt(key, { plan: before, typed, typing })
  })
}

function problemsOf(cells: Typed, { typing, currency }: { typing: Typing; currency: string }): Record<string, string> {
  const wrong = wrongIn(cells, typing)
  const [first] = wrong
  if (first === undefined) return {}
  const { account, month } = placeOf(first)
  const where = `${account}, ${monthsNamed(month, month)}`
  return { cells: `${t('notAmounts', { count: wrong.length, currency })} ${t('elsewhere', { where })}` }
}
