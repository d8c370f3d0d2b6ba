import { useChange } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import type { Typed } from './journal-values.ts'
import { type JournalValues, templateOf } from './journal-values.ts'
import { t } from './texts.ts'

const lastOfMonth = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()

/** Has what is typed recur: kept as a template with its amounts, due on the same day of each term, the last of a month on the last. */
export function useBeginRecurring() {
  const path = useCompanyPath()
  const templates = useChange('createJournalTemplates', { forgets: ['listJournalTemplates'] })
  const recurring = useChange('createRecurringJournals', {
    forgets: ['listRecurringJournals', 'listRecurringJournalsUpcoming'],
  })
  return async (values: JournalValues, how: Typed): Promise<string> => {
    const { date, every } = values
    if (date === null || every === '') throw new Error('it recurs from a day, every so often')
    const name = values.description.trim() || t('nameless', { reference: values.reference })
    const template = templateOf(values, { ...how, name: values.reference, title: name })
    await templates.mutateAsync({ path, body: { requests: [template] } })
    const day = Number(date.slice(8))
    const dayOfMonth = day === lastOfMonth(date) ? null : day
    const request = {
      name: values.reference,
      template: template.name,
      parameters: {},
      every,
      dayOfMonth,
      startsOn: date,
    }
    await recurring.mutateAsync({ path, body: { requests: [request] } })
    return name
  }
}
