import { Button, Checkbox, Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { useRead } from '../../../../ui/api.ts'
import { placesOf, typedDecimal } from '../../../../ui/exact.ts'
import { locale } from '../../../../ui/locale.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { isAllDone, Outcomes } from './outcomes.tsx'
import { PaymentMethod } from './payment-method.tsx'
import { RemedyFrame } from './remedy-frame.tsx'
import { t } from './texts.ts'
import { useDoing } from './use-doing.ts'

type FormProps = { of: readonly Exception[]; onDone?: (() => void) | undefined }

const movesLines = new Set([
  'unknown_code',
  'unknown_tax',
  'unknown_payment_method',
  'total_differs',
  'recurring_journal_refused',
])
const entryFormats = new Set(['journal', 'xero-journals', 'opening-balances'])

/** What somebody must be allowed to do whose remedy posts. */
function postedBy({ kind, source }: Exception) {
  if (kind === 'document_refused' && !entryFormats.has(source)) return ['sales.write', 'payments.write'] as const
  return kind === 'document_refused' || movesLines.has(kind) ? (['journal.post'] as const) : []
}

/** The remedy for exceptions of one kind, and what became of them. */
export function RemedyForm(props: FormProps) {
  const { may } = useWorkplace()
  const [first] = props.of
  const kind = first?.kind ?? ''
  if (first !== undefined && !postedBy(first).every(may)) return <Text size="sm">{t('needsPosting')}</Text>
  if (kind === 'unknown_code') return <Code {...props} />
  if (kind === 'unclear_destination') return <Destination {...props} />
  if (kind === 'unknown_tax') return <Tax {...props} />
  if (kind === 'total_differs') return <Difference {...props} />
  if (kind === 'unknown_payment_method') return <PaymentMethod {...props} />
  if (kind === 'document_refused' || kind === 'recurring_journal_refused') return <Again {...props} />
  return <Settled {...props} />
}

function Code(props: FormProps) {
  const [standsFor, setStandsFor] = useState<'item' | 'charge'>('item')
  const [role, setRole] = useState<string | null>('sales')
  const [taxed, setTaxed] = useState(true)
  const accounts = useRead('listAccounts', { path: useCompanyPath() })
  const roles = (accounts.data?.rows ?? []).flatMap(({ role, code, name, class: kind, endedOn }) =>
    role !== null && endedOn === null && (kind === 'income' || kind === 'expense') && role !== 'sales_suspense'
      ? [{ value: role, label: `${code} ${name}` }]
      : [],
  )
  const known = [...new Map(roles.map((one) => [one.value, one])).values()]
  const chosen = standsFor === 'item' ? { standsFor, taxed } : { standsFor, role: role ?? 'sales', taxed }
  return (
    <RemedyFrame {...props} submit={t('place')} work={({ id }) => ({ id, ...chosen }) as never}>
      <SegmentedControl
        aria-label={t('standsFor')}
        value={standsFor}
        onChange={(value) => setStandsFor(value as 'item')}
        data={[
          { value: 'item', label: t('item') },
          { value: 'charge', label: t('charge') },
        ]}
      />
      {standsFor === 'charge' && (
        <Select
          label={t('role')}
          description={t('roleText')}
          searchable
          allowDeselect={false}
          data={known}
          value={role}
          onChange={setRole}
        />
      )}
      <Checkbox label={t('taxed')} checked={taxed} onChange={(event) => setTaxed(event.currentTarget.checked)} />
    </RemedyFrame>
  )
}

const countryChoices = Object.entries(countries).map(([value, label]) => ({ value, label }))

function Destination(props: FormProps) {
  const [country, setCountry] = useState<string | null>(null)
  return (
    <RemedyFrame {...props} submit={t('decide')} ready={country !== null} work={({ id }) => ({ id, country }) as never}>
      <Select
        label={t('country')}
        description={t('countryText')}
        searchable
        data={countryChoices}
        value={country}
        onChange={setCountry}
      />
    </RemedyFrame>
  )
}

function Tax(props: FormProps) {
  const [taxCode, setTaxCode] = useState<string | null>(null)
  const codes = useRead('listTaxCodes', { path: useCompanyPath() })
  return (
    <RemedyFrame {...props} submit={t('name')} ready={taxCode !== null} work={({ id }) => ({ id, taxCode }) as never}>
      <Select
        label={t('taxCode')}
        searchable
        data={(codes.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name || code }))}
        value={taxCode}
        onChange={setTaxCode}
      />
    </RemedyFrame>
  )
}

function Difference(props: FormProps) {
  const [first] = props.of
  const [typed, setTyped] = useState(first?.amount.amount.replace('-', '') ?? '')
  const upTo = typedDecimal(typed, { places: placesOf(first?.amount.amount ?? '0.00'), locale })
  return (
    <RemedyFrame
      {...props}
      submit={t('accept')}
      ready={upTo !== undefined}
      work={({ id }) => ({ id, acceptUpTo: upTo }) as never}
    >
      <TextInput
        label={t('acceptUpTo')}
        description={t('acceptUpToText')}
        inputMode="decimal"
        w={220}
        rightSection={<Text size="xs">{first?.amount.currency}</Text>}
        rightSectionWidth={52}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </RemedyFrame>
  )
}

function Again({ of, onDone }: FormProps) {
  const doing = useDoing()
  return (
    <Stack gap="sm">
      <Text size="sm">{t('rerunText')}</Text>
      <Group gap="xs">
        <Button
          size="xs"
          loading={doing.busy}
          onClick={async () => {
            const outcomes = await doing.run('createExceptionsReruns', of, ({ id }) => ({ id }))
            if (isAllDone(outcomes)) onDone?.()
          }}
        >
          {t('rerun')}
        </Button>
      </Group>
      <Outcomes of={doing} />
    </Stack>
  )
}

function Settled(props: FormProps) {
  const [text, setText] = useState('')
  return (
    <RemedyFrame {...props} submit={t('resolve')} ready={text.trim() !== ''} work={({ id }) => ({ id, text }) as never}>
      <Textarea
        label={t('how')}
        description={t('howText')}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </RemedyFrame>
  )
}
