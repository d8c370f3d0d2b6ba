import { useState } from 'react'
import { today } from '../../../../ui/days.ts'
import { DetailLink } from '../../../../ui/details.tsx'
import { figure, withWrittenDays } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { LoadingRows } from '../../../../ui/states.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './journal.module.css'
import { type Done, JournalForm } from './journal-form.tsx'
import type { Typed } from './journal-values.ts'
import { blankJournal, totalsOf } from './journal-values.ts'
import { t } from './texts.ts'
import { useTyped } from './typing.ts'

/** A new entry by hand; after one is posted, the next stands there with the same day. */
export function NewJournal() {
  const how = useTyped()
  const { company } = useWorkplace()
  const [round, setRound] = useState(0)
  const [done, setDone] = useState<Done>()
  const [initial, setInitial] = useState(() => blankJournal(today(company.timeZone)))
  return (
    <Screen title={t('new')} padded>
      {done && how && <Told of={done} how={how} />}
      {how === undefined ? (
        <LoadingRows />
      ) : (
        <JournalForm
          key={round}
          name="journal"
          initial={initial}
          how={how}
          onDone={(what) => {
            setDone(what)
            setInitial(blankJournal(what.values.date ?? today(company.timeZone)))
            setRound(round + 1)
          }}
        />
      )}
    </Screen>
  )
}

/** What became of the last one, in words. */
export function Told({ of, how }: { of: Done; how: Typed }) {
  const { company } = useWorkplace()
  const { description, reference } = of.values
  const amount = `${figure(totalsOf(of.values.lines, how.typing).debit, locale)} ${company.baseCurrency}`
  const text = description.trim() || t('nameless', { reference })
  return (
    <div className={classes.done} data-waits={of.kind === 'waits' || undefined} role="status">
      {of.kind === 'posted' && t('posted', { text, amount })}
      {of.kind === 'existing' && t('postedBefore')}
      {of.kind === 'waits' && (
        <>
          {t('waits', { summary: withWrittenDays(of.request.summary, locale) })}
          <DetailLink kind="approval" id={of.request.id}>
            {t('seeRequest')}
          </DetailLink>
        </>
      )}
      {of.kind === 'draft' && t('draftSaved', { reference })}
      {of.kind === 'begun' && t('begun', { name: of.name })}
      {(of.kind === 'posted' || of.kind === 'existing') && (
        <DetailLink kind="entry" id={of.entryId}>
          {t('open')}
        </DetailLink>
      )}
    </div>
  )
}
