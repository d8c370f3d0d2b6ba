import { useState } from 'react'
import classes from './chart.module.css'
import type { ChartData } from './chart-data.ts'
import { minorUnits, placesOf } from './exact.ts'
import { compact } from './figures.ts'
import { useGo } from './links.tsx'
import { locale } from './locale.ts'
import { Money } from './money.tsx'
import { t } from './texts.ts'

const abs = (units: bigint): bigint => (units < 0n ? -units : units)
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** Lengths are of pixels and may be rounded; the amounts themselves stay whole. */
const share = (of: bigint, whole: bigint): number => (whole === 0n ? 0 : Number((of * 1000n) / whole) / 10)

/** Where a scale may end, in tenths of a power of ten. */
const ends = [10n, 15n, 20n, 30n, 40n, 50n, 60n, 80n]

/** The least end of a scale that is no less; nothing for nothing. */
function rounded(units: bigint): bigint {
  if (units === 0n) return 0n
  for (let power = 1n; ; power *= 10n) for (const end of ends) if (end * power >= units) return end * power
}

/** Amounts as lengths, above a table that says the same in figures. */
export function Chart({ of }: { of: ChartData }) {
  const places = Math.max(
    0,
    ...of.places.flatMap(({ amounts }) => amounts.map((amount) => placesOf(amount?.amount ?? '0'))),
  )
  const units = of.places.map(({ amounts }) =>
    amounts.map((amount) => (amount === null ? 0n : minorUnits(amount.amount, places))),
  )
  return (
    <figure className={classes.chart} role="img" aria-label={t('chartOf', { name: of.label })} data-no-print>
      {of.inOrder ? <Columns of={of} units={units} scale={10n ** BigInt(places)} /> : <Parts of={of} units={units} />}
    </figure>
  )
}

/** Nearer than this, in percent of the height, one figure of the scale would hide another. */
const NEAR = 10

type Drawn = { of: ChartData; units: readonly (readonly bigint[])[] }

function Columns({ of, units, scale }: Drawn & { scale: bigint }) {
  const go = useGo()
  const [at, setAt] = useState<number>()
  const all = units.flat()
  const top = rounded(all.reduce((so, one) => larger(so, one), 0n))
  const low = rounded(all.reduce((so, one) => larger(so, -one), 0n))
  const span = top + low
  const base = share(low, span)
  const looked = at === undefined ? undefined : of.places[at]
  const every = Math.ceil(of.places.length / 12)
  return (
    <>
      <Says of={of} at={looked} />
      <div className={classes.plot}>
        {top > 0n && <Scale at={100} says={compact(top / scale, locale)} />}
        <Scale at={base} says="0" isBase />
        {base > NEAR && <Scale at={0} says={compact(-low / scale, locale)} />}
        <div className={classes.columns}>
          {of.places.map(({ key, to }, index) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table below has the same links for keys and readers
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            <div
              key={key}
              className={classes.place}
              data-at={index === at || undefined}
              data-leads={to !== undefined || undefined}
              onMouseEnter={() => setAt(index)}
              onMouseLeave={() => setAt(undefined)}
              onClick={() => to !== undefined && void go(to)}
            >
              {units[index]?.map((one, series) => (
                <span
                  key={of.series[series]}
                  className={classes.column}
                  data-series={series}
                  data-below={one < 0n || undefined}
                  style={{
                    height: `${share(abs(one), span)}%`,
                    bottom: `${one < 0n ? base - share(abs(one), span) : base}%`,
                  }}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <div className={classes.names} data-many={of.places.length > 6 || undefined}>
        {of.places.map(({ key, name }, index) => (
          <span key={key}>{index % every === 0 ? name : ''}</span>
        ))}
      </div>
    </>
  )
}

const Scale = ({ at, says, isBase = false }: { at: number; says: string; isBase?: boolean }) => (
  <>
    <span className={classes.scale} style={{ bottom: `${at}%` }}>
      {says}
    </span>
    <div className={classes.line} data-base={isBase || undefined} style={{ bottom: `${at}%` }} />
  </>
)

/** What is looked at in figures, or else what the colours mean. */
const Says = ({ of, at }: { of: ChartData; at: ChartData['places'][number] | undefined }) => (
  <p className={classes.says}>
    {at && <strong>{at.name}</strong>}
    {of.series.map((name, index) => (
      <span key={name} className={classes.said}>
        <span className={classes.key} data-series={index} /> {name}
        {at && (
          <>
            {' '}
            <Money of={at.amounts[index]} strong />
          </>
        )}
      </span>
    ))}
  </p>
)

function Parts({ of, units }: Drawn) {
  const go = useGo()
  const most = units.flat().reduce((so, one) => larger(so, abs(one)), 0n)
  return (
    <>
      {of.series.length > 1 && <Says of={of} at={undefined} />}
      <ol className={classes.parts}>
        {of.places.map(({ key, name, amounts, to }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the table below has the same links for keys and readers
          <li key={key} data-leads={to !== undefined || undefined} onClick={() => to !== undefined && void go(to)}>
            <span className={classes.partName}>{name}</span>
            <span className={classes.bars}>
              {units[index]?.map((one, series) => (
                <span
                  key={of.series[series]}
                  className={classes.bar}
                  data-series={series}
                  data-below={one < 0n || undefined}
                  style={{ width: `${share(abs(one), most)}%` }}
                />
              ))}
            </span>
            <Money of={amounts[0]} />
          </li>
        ))}
      </ol>
    </>
  )
}
