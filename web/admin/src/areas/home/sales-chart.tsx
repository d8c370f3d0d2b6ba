import { useState } from 'react'
import { given, minorUnits, placesOf } from '../../../../ui/exact.ts'
import { compact, writtenDay } from '../../../../ui/figures.ts'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Money } from '../../../../ui/money.tsx'
import type { HomeSales } from './sales.tsx'
import classes from './sales-chart.module.css'
import { useDayAddress } from './sales-table.tsx'
import { t } from './texts.ts'

type Point = { day: string; sales: bigint; lastYear: bigint }

/** Heights are of pixels and may be rounded; the amounts themselves stay whole. */
const share = (of: bigint, span: bigint): number => Number((of * 1000n) / span) / 10
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** Where a scale may end, in tenths of a power of ten. */
const ends = [10n, 15n, 20n, 30n, 40n, 50n, 60n, 80n]

/** The least end of a scale that is no less. */
function rounded(units: bigint): bigint {
  for (let power = 1n; ; power *= 10n) for (const end of ends) if (end * power >= units) return end * power
}

/** A bar for each day and a mark for the same day last year. A bar leads to the lines of its day; the table beside it says the same. */
export function SalesChart({ of }: { of: HomeSales }) {
  const addressOf = useDayAddress(of)
  const [at, setAt] = useState<number>()
  const places = placesOf(given(of.days[0]?.sales ?? null)?.amount ?? '0')
  const points = of.days.map(
    ({ day, sales, lastYear }): Point => ({
      day,
      sales: minorUnits(given(sales).amount, places),
      lastYear: minorUnits(given(lastYear).amount, places),
    }),
  )
  const top = rounded(points.reduce((so, point) => larger(so, larger(point.sales, point.lastYear)), 1n))
  const low = points.reduce((so, point) => smaller(so, smaller(point.sales, point.lastYear)), 0n)
  const span = top - low
  const base = share(-low, span)
  const scale = 10n ** BigInt(places)
  const lookedAt = at === undefined ? undefined : of.days[at]
  return (
    <div className={classes.chart} aria-hidden>
      <p className={classes.says}>
        {lookedAt === undefined ? (
          <Legend />
        ) : (
          <>
            <strong>{writtenDay(lookedAt.day, locale)}</strong> <Money of={given(lookedAt.sales)} />
            {' · '}
            {t('lastYear')} <Money of={given(lookedAt.lastYear)} />
          </>
        )}
      </p>
      <div className={classes.plot}>
        <span className={classes.scale} style={{ bottom: '100%' }}>
          {compact(top / scale, locale)}
        </span>
        <span className={classes.scale} style={{ bottom: `${base + (100 - base) / 2}%` }}>
          {compact(top / scale / 2n, locale)}
        </span>
        <div className={classes.line} style={{ bottom: '100%' }} />
        <div className={classes.line} style={{ bottom: `${base + (100 - base) / 2}%` }} />
        <div className={classes.base} style={{ bottom: `${base}%` }} />
        <div className={classes.bars}>
          {points.map((point, index) => (
            <Bar
              key={point.day}
              of={point}
              span={span}
              base={base}
              address={addressOf(point.day)}
              isAt={index === at}
              look={(isAt) => setAt(isAt ? index : undefined)}
            />
          ))}
        </div>
      </div>
      <Days of={points} />
    </div>
  )
}

type BarProps = {
  of: Point
  span: bigint
  /** Where zero is, in percent of the height. */
  base: number
  address: string | undefined
  isAt: boolean
  look(isAt: boolean): void
}

function Bar({ of: { sales, lastYear }, span, base, address, isAt, look }: BarProps) {
  const go = useGo()
  const height = share(sales < 0n ? -sales : sales, span)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it has the same links for keys and readers
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className={classes.day}
      data-at={isAt || undefined}
      data-leads={address !== undefined || undefined}
      onMouseEnter={() => look(true)}
      onMouseLeave={() => look(false)}
      onClick={() => address !== undefined && void go(address)}
    >
      <span
        className={classes.bar}
        data-below={sales < 0n || undefined}
        style={{ height: `${height}%`, bottom: `${sales < 0n ? base - height : base}%` }}
      />
      {lastYear !== 0n && <span className={classes.mark} style={{ bottom: `${base + share(lastYear, span)}%` }} />}
    </div>
  )
}

const Legend = () => (
  <>
    <span className={classes.key} data-kind="now" /> {t('thisYearColumn')}
    <span className={classes.key} data-kind="before" /> {t('lastYear')}
  </>
)

/** So many days between two that are written under the chart. */
const EVERY = 7

const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

const Days = ({ of }: { of: readonly Point[] }) => (
  <div className={classes.days}>
    {of.map(({ day }, index) => (
      <span key={day}>{(of.length - 1 - index) % EVERY === 0 ? shortDay(day) : ''}</span>
    ))}
  </div>
)
