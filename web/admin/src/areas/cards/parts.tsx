import { Tabs } from '../../../../ui/tabs.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

/** A card as it is called: by the end of its code. */
export const cardName = ({ lastFour }: { lastFour: string | null }): string =>
  lastFour === null ? t('untold') : t('ending', { end: lastFour })

/** Gift cards and store credit, beside each other. */
export function Sections({ at }: { at: 'cards' | 'credit' }) {
  const to = useAddress()
  return (
    <Tabs
      label={t('section')}
      inside
      at={at}
      of={[
        { id: 'cards', label: t('title'), to: to('gift-cards') },
        { id: 'credit', label: t('credit'), to: to('store-credit') },
      ]}
    />
  )
}
