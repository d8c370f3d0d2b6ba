import type { ReactNode } from 'react'
import { EntryFormFrame, type FormValues } from '../entry-form.tsx'
import { EntrySummaries } from '../entry-summaries.tsx'
import { GoButton } from '../links.tsx'
import { wordsOf } from '../problem.tsx'
import { SentToSecondPerson } from '../second-person.tsx'
import { useWorkplace } from '../workplace.tsx'
import classes from './posting.module.css'
import { t } from './texts.ts'
import type { Posting, Preview } from './use-posting.ts'

type PostingFormProps<Values extends FormValues> = {
  of: Posting<Values>
  submitLabel: string
  /** Where it leads back to. */
  back: string
  onCancel(): void
  /** A wide form: what it posts stands below its fields, and not beside them. */
  below?: boolean
  children: ReactNode
}

/** The fields on the left and what they would post on the right; after it was sent to a second person, that in their place. */
export function PostingForm<Values extends FormValues>(props: PostingFormProps<Values>) {
  const { of, submitLabel, back, onCancel, below = false, children } = props
  if (of.waiting)
    return (
      <>
        <SentToSecondPerson id={of.waiting.id} summary={of.waiting.summary} />
        <GoButton mt="md" variant="default" to={back}>
          {t('back')}
        </GoButton>
      </>
    )
  return (
    <EntryFormFrame form={of.form} submitLabel={submitLabel} onCancel={onCancel} wide>
      <div className={classes.columns} data-below={below || undefined}>
        <div className={classes.fields}>{children}</div>
        <WhatItPosts {...of.preview} />
      </div>
    </EntryFormFrame>
  )
}

/** Amounts of entries stand in the currency of the books, whatever the form is in. */
function Heading() {
  const { company } = useWorkplace()
  return (
    <h2>
      {t('whatItPosts')} <span className={classes.currency}>{company.baseCurrency}</span>
    </h2>
  )
}

/** The entries as they would be posted, or why they would not. */
export const WhatItPosts = ({ data, error, isOld }: Posting<FormValues>['preview']) => (
  <section className={classes.posts} aria-label={t('whatItPosts')} aria-busy={isOld}>
    <Heading />
    {error ? <Refused error={error} /> : data ? <Planned of={data} /> : <p className={classes.quiet}>{t('toCome')}</p>}
  </section>
)

function Planned({ of: { results, entries, waits } }: { of: Preview }) {
  if (waits) return <p className={classes.quiet}>{t('waits')}</p>
  const isThere = results.length > 0 && results.every((one) => (one as { result?: string }).result === 'existing')
  if (isThere) return <p className={classes.quiet}>{t('postedAlready')}</p>
  if (entries === null) return <p className={classes.quiet}>{t('hidden')}</p>
  return <EntrySummaries of={entries} none={t('nothing')} planned />
}

/** Nobody has asked for anything yet, so what would be declined is a note and no alarm. */
function Refused({ error }: { error: unknown }) {
  const { title, text, remedy } = wordsOf(error)
  return (
    <div className={classes.refused} role="status">
      <p>
        <strong>{t('wouldRefuse')}:</strong> {text ?? title}
      </p>
      {remedy && <p>{remedy}</p>}
    </div>
  )
}
