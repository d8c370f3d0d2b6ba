import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { Home, SalesTotal } from '../../../../../clients/typescript/src/api.ts'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Card, Change, Figure } from './card.tsx'
import classes from './home.module.css'
import { SalesTable } from './sales-table.tsx'
import { t } from './texts.ts'

export type HomeSales = NonNullable<Home['figures']>['sales']

// Its code comes while the figures are read, and not after them.
const chart = import('./sales-chart.tsx')
const SalesChart = lazy(async () => ({ default: (await chart).SalesChart }))

/** Sales of the week, the month and the days of the chart, beside last year. */
export function Sales({ of, currency }: { of: HomeSales; currency: string }) {
  const [asTable, setAsTable] = useState(false)
  return (
    <Card
      title={t('sales')}
      aside={
        <button type="button" className={classes.switch} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'asChart' : 'asTable')}
        </button>
      }
    >
      <div className={classes.totals}>
        <Total title={`${t('thisWeek')}, ${currency}`} of={of.week} />
        <Total title={t('thisMonth')} of={of.month} />
        <Total title={t('lastDays', { days: of.days.length })} of={of.range} />
      </div>
      {asTable ? (
        <SalesTable of={of} />
      ) : (
        <>
          <Suspense fallback={<Skeleton height={168} radius="sm" />}>
            <SalesChart of={of} />
          </Suspense>
          <div className={classes.readOnly}>
            <SalesTable of={of} />
          </div>
        </>
      )}
    </Card>
  )
}

const Total = ({ title, of }: { title: string; of: SalesTotal }) => (
  <div className={classes.total}>
    <p className={classes.name}>{title}</p>
    <Figure of={of.sales} large />
    <p className={classes.change}>
      <Change
        percent={of.percent}
        words={(kind, percent) =>
          kind === 'more'
            ? t('more', { percent: figure(percent, locale) })
            : kind === 'less'
              ? t('less', { percent: figure(percent, locale) })
              : t(kind === 'same' ? 'same' : 'noneLastYear')
        }
      />
    </p>
  </div>
)
