import { Tabs } from '../../../../ui/tabs.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

const parts = {
  accounts: 'mapping',
  taxCodes: 'mapping/tax-codes',
  destinations: 'mapping/destinations',
  lineCodes: 'mapping/line-codes',
  names: 'mapping/names',
  postingDays: 'mapping/posting-days',
  structures: 'mapping/structures',
  history: 'mapping/history',
} as const

export type Part = keyof typeof parts

/** The kinds of rules, beside each other. */
export function Sections({ at }: { at: Part }) {
  const to = useAddress()
  const tabs = (Object.keys(parts) as Part[]).map((id) => ({ id, label: t(id), to: to(parts[id]) }))
  return <Tabs label={t('sections')} of={tabs} at={at} />
}
