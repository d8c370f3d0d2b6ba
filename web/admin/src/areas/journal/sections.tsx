import { useSearchState } from '../../../../ui/search.ts'
import { Tabs } from '../../../../ui/tabs.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** The parts of the journal, beside each other. */
export function Sections({ at }: { at: 'journals' | 'drafts' | 'templates' | 'recurring' }) {
  const to = useAddress()
  const parts = [
    { id: 'journals', label: t('journals'), to: to('journal') },
    { id: 'drafts', label: t('drafts'), to: to('journal', { state: 'draft' }) },
    { id: 'templates', label: t('templates'), to: to('journal/templates') },
    { id: 'recurring', label: t('recurring'), to: to('journal/recurring') },
  ] as const
  return <Tabs label={t('sections')} of={parts} at={at} inside={at === 'journals' || at === 'drafts'} />
}

/** Which part a list of journals is, as its address says. */
export const usePart = (): 'journals' | 'drafts' => (useSearchState()[0].state === 'draft' ? 'drafts' : 'journals')
