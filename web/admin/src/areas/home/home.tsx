import { DatePickerInput } from '@mantine/dates'
import type { Home as Answer } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { isDay, today } from '../../../../ui/days.ts'
import { isZero } from '../../../../ui/exact.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './home.module.css'
import { ImportCard } from './import-card.tsx'
import { NeedsYou } from './needs-you.tsx'
import { ProofCard } from './proof-card.tsx'
import { Sales } from './sales.tsx'
import { Cash, Owed, Tax } from './standings.tsx'
import { Start } from './start.tsx'
import { t } from './texts.ts'
import { Top } from './top.tsx'

/** What an owner looks at for ten seconds in the morning; every figure leads to what it is made of. */
export function Home() {
  const path = useCompanyPath()
  const { may, company } = useWorkplace()
  const [{ asOf }] = useSearchState()
  const found = useRead('listHome', { path, query: asOf !== undefined && isDay(asOf) ? { asOf } : {} })
  // The latest entry says whether there is anything, and how far the books go.
  const latest = useRead('listEntries', may('journal.read') ? { path, query: { limit: '1' } } : undefined)
  const isEmpty = latest.data?.rows.length === 0
  return (
    <Screen
      title={found.data && !isEmpty ? greeting(waiting(found.data)) : t('title')}
      windowTitle={`${t('title')} · ${company.name}`}
      actions={!isEmpty && found.data?.figures && <UpTo asOf={found.data.figures.asOf} />}
      padded
    >
      <Loaded of={found} rows={10}>
        {(home) => (isEmpty ? <Start /> : <Cards of={home} latestDay={latest.data?.rows[0]?.date} />)}
      </Loaded>
    </Screen>
  )
}

const waiting = ({ exceptions, approvals }: Answer): number => (exceptions?.count ?? 0) + (approvals?.count ?? 0)

const NOON = 12
const EVENING = 18

function greeting(count: number): string {
  const hour = new Date().getHours()
  const words = t(hour < NOON ? 'morning' : hour < EVENING ? 'afternoon' : 'evening')
  return count === 0 ? t('needsNobody', { greeting: words }) : t('needsYou', { greeting: words, count })
}

function UpTo({ asOf }: { asOf: string }) {
  const { company } = useWorkplace()
  const [, change] = useSearchState()
  const now = today(company.timeZone)
  return (
    <DatePickerInput
      size="xs"
      w={170}
      value={asOf}
      maxDate={now}
      valueFormatter={({ date }) => `${t('upToDay')} ${writtenDay(String(date), locale)}`}
      onChange={(day) => day && change({ asOf: day === now ? undefined : day })}
    />
  )
}

function Cards({ of, latestDay }: { of: Answer; latestDay: string | undefined }) {
  const { figures, exceptions, approvals, imports, proof } = of
  if (figures === null && exceptions === null && approvals === null && imports === null)
    return <Empty title={t('nothing')} text={t('forOthers')} />
  return (
    <>
      {figures && latestDay && <QuietDays figures={figures} latestDay={latestDay} />}
      <div className={classes.grid}>
        <div className={classes.main}>
          {figures && <Sales of={figures.sales} currency={figures.currency} />}
          {(exceptions || approvals) && <NeedsYou exceptions={exceptions} approvals={approvals} />}
          {figures && (
            <div className={classes.pair}>
              <Top title={t('items')} of={figures.items} />
              <Top title={t('countries')} of={figures.countries} isCountry />
            </div>
          )}
        </div>
        <div className={classes.side}>
          {figures && <Cash of={figures.cash} />}
          {figures && <Owed of={figures.owed} />}
          {figures && <Tax of={figures.tax} />}
          {proof && <ProofCard of={proof.latest} />}
          {imports && <ImportCard of={imports.latest} />}
        </div>
      </div>
    </>
  )
}

/** Where the books end before the days that are shown, the way to their end. */
function QuietDays({ figures, latestDay }: { figures: NonNullable<Answer['figures']>; latestDay: string }) {
  const to = useAddress()
  const { range } = figures.sales
  const isQuiet = isZero(range.sales.amount?.amount ?? '0') && latestDay < range.from
  if (!isQuiet) return null
  return (
    <p className={classes.quiet} role="status">
      <Go to={to('home', { asOf: latestDay })}>{t('lookAtLatest', { day: writtenDay(latestDay, locale) })}</Go>
    </p>
  )
}
