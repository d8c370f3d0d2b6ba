import type { Seller } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { given, minorUnits, placesOf } from '../../../../ui/exact.ts'
import { Card, Figure } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

/** What sold best in the days of the chart. */
export function Top({ title, of, isCountry = false }: { title: string; of: readonly Seller[]; isCountry?: boolean }) {
  const amounts = of.map(({ sales }) => given(sales.amount).amount)
  const places = Math.max(0, ...amounts.map(placesOf))
  const most = minorUnits(amounts[0] ?? '0', places)
  return (
    <Card title={title}>
      {of.length === 0 ? (
        <p className={classes.none}>{t('topEmpty')}</p>
      ) : (
        <ol className={classes.top}>
          {of.map(({ key, name, sales }) => {
            const part = most > 0n ? Number((minorUnits(given(sales.amount).amount, places) * 100n) / most) : 0
            return (
              <li key={key}>
                <span className={classes.topName}>{isCountry ? countryName(key) : name}</span>
                <Figure of={sales} />
                <span className={classes.topBar} style={{ width: `${part}%` }} aria-hidden />
              </li>
            )
          })}
        </ol>
      )}
    </Card>
  )
}

const countryName = (code: string): string => (countries as Readonly<Record<string, string>>)[code] ?? code
