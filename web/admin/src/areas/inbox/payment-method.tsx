import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { useChange } from '../../../../ui/api.ts'
import { Problem } from '../../../../ui/problem.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Outcomes } from './outcomes.tsx'
import { t } from './texts.ts'
import { useDoing } from './use-doing.ts'

const ways = ['clearing', 'bank', 'cash', 'gift_card', 'ignored'] as const
type Way = (typeof ways)[number]

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Says by a rule what a source's payment method is, for all that is read from now on, and closes what asked for it. */
export function PaymentMethod({ of, onDone }: { of: readonly Exception[]; onDone?: (() => void) | undefined }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const [way, setWay] = useState<Way>('clearing')
  const [method, setMethod] = useState(of[0]?.subject.toLowerCase() ?? '')
  const [problem, setProblem] = useState<unknown>()
  const rule = useChange('createSourceNameRules', { forgets: ['listSourceNameRules'] })
  const doing = useDoing()
  if (!may('settings.write')) return <Text size="sm">{t('needsSettings')}</Text>
  const send = async () => {
    setProblem(undefined)
    try {
      for (const { source, subject } of of) {
        const named = way === 'clearing' ? { method } : {}
        const body = {
          source,
          about: 'payment' as const,
          pattern: literally(subject),
          standsFor: way,
          priority: 5,
          ...named,
        }
        await rule.mutateAsync({ path, body })
      }
      const words = way === 'clearing' ? `${t(way)}, ${method}` : t(way)
      const outcomes = await doing.run('createExceptionsResolutions', of, ({ id }) => ({
        id,
        text: t('namedPayment', { words }),
      }))
      if (outcomes.length > 0 && outcomes.every(({ done }) => done)) onDone?.()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <Stack gap="sm">
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
      <Group gap="xs">
        <Button
          size="xs"
          loading={rule.isPending || doing.busy}
          disabled={way === 'clearing' && method.trim() === ''}
          onClick={() => void send()}
        >
          {t('name')}
        </Button>
      </Group>
      {problem !== undefined && <Problem error={problem} />}
      <Outcomes of={doing} />
    </Stack>
  )
}
