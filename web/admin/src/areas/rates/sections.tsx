import { SegmentedControl } from '@mantine/core'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** Rates, and what was revalued at them. */
export function Sections({ at }: { at: string }) {
  const go = useGo()
  const to = useAddress()
  const { may } = useWorkplace()
  if (!may('journal.read')) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('parts')}
      value={at}
      onChange={(path) => void go(to(path))}
      data={[
        { value: 'rates', label: t('title') },
        { value: 'rates/revaluations', label: t('revaluations') },
      ]}
    />
  )
}

const sources: Readonly<Record<string, 'source_ecb' | 'source_manual' | 'source_company'>> = {
  ecb: 'source_ecb',
  manual: 'source_manual',
  company: 'source_company',
}

/** Who gives a rate, in words. */
export const wordsOfSource = (source: string): string => {
  const key = sources[source]
  return key === undefined ? source : t(key)
}

/** A rate as the reader writes decimals, with all its places. */
export const writtenRate = (rate: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(rate as Intl.StringNumericLiteral)
