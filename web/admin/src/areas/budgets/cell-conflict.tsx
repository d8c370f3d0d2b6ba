import type { Account } from '../../../../../clients/typescript/src/api.ts'
import { Conflict } from '../../../../ui/conflict.tsx'
import { locale } from '../../../../ui/locale.ts'
import { monthsNamed } from './months.ts'
import { placeOf } from './plan.ts'
import type { Conflicting } from './use-budget-form.ts'

/** The cells that two people changed, each with both amounts. */
export function CellConflict({ of, accounts }: { of: Conflicting; accounts: readonly Account[] }) {
  const { keys, mine, theirs, keepMine, takeTheirs } = of
  const names = new Map(accounts.map(({ code, name }) => [code, `${code} ${name}`]))
  const written = (amount: string | undefined): string | undefined =>
    amount === undefined ? undefined : new Intl.NumberFormat(locale).format(amount as Intl.StringNumericLiteral)
  return (
    <Conflict
      mine={Object.fromEntries(keys.map((key) => [key, mine[key]]))}
      now={Object.fromEntries(keys.map((key) => [key, written(theirs.get(key))]))}
      labels={Object.fromEntries(
        keys.map((key) => {
          const { account, month, channel } = placeOf(key)
          return [key, [names.get(account) ?? account, monthsNamed(month, month), channel].filter(Boolean).join(', ')]
        }),
      )}
      keepMine={keepMine}
      takeTheirs={takeTheirs}
    />
  )
}
