import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ExchangeRate } from '../../../../../clients/typescript/src/api.ts'
import { currencies } from '../../../../../src/kernel/currencies.ts'
import { ProblemError, useRead } from '../../../../ui/api.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { Filters } from '../../../../ui/list-filters.tsx'
import type { Filter } from '../../../../ui/list-types.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { AddRate } from './add-rate.tsx'
import classes from './rates.module.css'
import { Sections, wordsOfSource, writtenRate } from './sections.tsx'
import { t } from './texts.ts'

const MOST = 200

const filters: Filter[] = [
  {
    name: 'currency',
    label: t('currency'),
    kind: 'choice',
    options: Object.entries(currencies).map(([value, { name }]) => ({ value, label: `${value} ${name}` })),
  },
  { name: 'from', label: t('from'), kind: 'day' },
  { name: 'to', label: t('to'), kind: 'day' },
]

/** The rates that are known, the latest day first, and which of them holds. */
export function RateList() {
  const { may } = useWorkplace()
  const [{ currency, from, to }] = useSearchState()
  const [isAdding, setAdding] = useState(false)
  const found = useRead('listRates', {
    path: useCompanyPath(),
    query: { ...(currency && { currency }), ...(from && { from }), ...(to && { to }), limit: MOST },
  })
  const add = may('settings.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <Screen title={t('title')} actions={add}>
      <div className={classes.tools} data-no-print>
        <Sections at="rates" />
        <Filters of={filters} />
      </div>
      <p className={classes.about}>{t('about')}</p>
      {currency && to && <InUse currency={currency} on={to} />}
      <Loaded of={found}>
        {({ rows }) => (
          <>
            <Rows
              label={t('title')}
              of={rows}
              keyOf={({ source, currency, day, version }) => `${source} ${currency} ${day} ${version}`}
              empty={<Empty title={t('none')} text={t('noneText')} action={add} />}
              columns={may('journal.read') ? [...columns, uses] : columns}
            />
            {rows.length === MOST && <p className={classes.about}>{t('latest', { count: MOST })}</p>}
          </>
        )}
      </Loaded>
      {isAdding && <AddRate onClose={() => setAdding(false)} />}
    </Screen>
  )
}

function Rate({ of: { rate, currency, quotedAs } }: { of: ExchangeRate }) {
  const { company } = useWorkplace()
  if (rate === null) return <span className={classes.unit}>{t('ended')}</span>
  const isReference = quotedAs === 'units for one EUR'
  const unit = isReference
    ? t('rateOf', { base: currency, currency: 'EUR' })
    : t('rateOf', { base: company.baseCurrency, currency })
  return (
    <>
      {writtenRate(rate)} <span className={classes.unit}>{unit}</span>
    </>
  )
}

const columns = [
  { id: 'day', header: t('day'), cell: ({ day }: ExchangeRate) => <Day of={day} /> },
  { id: 'currency', header: t('currency'), cell: ({ currency }: ExchangeRate) => currency, wide: true },
  { id: 'rate', header: t('rate'), right: true, cell: (row: ExchangeRate) => <Rate of={row} /> },
  { id: 'source', header: t('source'), cell: ({ source }: ExchangeRate) => wordsOfSource(source) },
  { id: 'version', header: t('version'), right: true, wide: true, cell: ({ version }: ExchangeRate) => version },
  { id: 'author', header: t('author'), wide: true, cell: ({ authorName }: ExchangeRate) => authorName },
  { id: 'reason', header: t('reason'), wide: true, cell: ({ reason }: ExchangeRate) => reason },
]

const uses = { id: 'uses', header: t('uses'), right: true, cell: (row: ExchangeRate) => <Uses of={row} /> }

/** Leads to what was converted with it. */
function Uses({ of: { rate, currency, day, source } }: { of: ExchangeRate }) {
  const to = useAddress()
  if (rate === null) return null
  return (
    <Go
      to={to('entries', { rate: `${currency} ${day} ${source}` })}
      aria-label={t('usesOf', { currency, day: writtenDay(day, locale) })}
    >
      {t('usesShort')}
    </Go>
  )
}

/** Which rate a document of a day is converted with. */
function InUse({ currency, on }: { currency: string; on: string }) {
  const { company } = useWorkplace()
  const path = useCompanyPath()
  const found = useRead('getRate', currency === company.baseCurrency ? undefined : { path: { ...path, currency, on } })
  const day = writtenDay(on, locale)
  if (found.error instanceof ProblemError && found.error.problem.code === 'rate_missing')
    return <p className={classes.about}>{t('noneInUse', { currency, day })}</p>
  if (found.data === undefined) return null
  const { rate, source, day: rateDay } = found.data
  return (
    <p className={classes.about} role="status">
      {t('inUse', {
        day,
        currency,
        rate: writtenRate(rate),
        source: wordsOfSource(source ?? ''),
        rateDay: writtenDay(rateDay, locale),
      })}
    </p>
  )
}
