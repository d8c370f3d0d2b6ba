import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { RemedyFrame } from './remedy-frame.tsx'
import { t } from './texts.ts'

const ways = ['clearing', 'bank', 'cash', 'gift_card', 'ignored'] as const
type Way = (typeof ways)[number]

/** Says what a source's payment method is, for all that is read from now on, and moves the money that waits to where it is. */
export function PaymentMethod(props: { of: readonly Exception[]; onDone?: (() => void) | undefined }) {
  const [way, setWay] = useState<Way>('clearing')
  const [method, setMethod] = useState(props.of[0]?.subject.toLowerCase() ?? '')
  const named = way === 'clearing' ? { method: method.trim() } : {}
  return (
    <RemedyFrame
      {...props}
      submit={t('name')}
      ready={way !== 'clearing' || method.trim() !== ''}
      work={({ id }) => ({ id, moneyIs: way, ...named }) as never}
    >
      <Select
        label={t('methodIs')}
        allowDeselect={false}
        data={ways.map((value) => ({ value, label: t(value) }))}
        value={way}
        onChange={(value) => setWay(value as Way)}
      />
      {way === 'clearing' && (
        <TextInput label={t('method')} value={method} onChange={(event) => setMethod(event.currentTarget.value)} />
      )}
    </RemedyFrame>
  )
}
