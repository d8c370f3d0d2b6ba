import { Badge, Button, Group, Select, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { TaxNumber, WrittenTaxNumber } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { isTaxScheme, type TaxScheme, taxSchemeNames } from '../../../../../src/kernel/tax-schemes.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { changeColumn } from './change-button.tsx'
import { SettingsFrame } from './frame.tsx'
import { legal } from './identity-texts.ts'
import classes from './settings.module.css'
import { t } from './texts.ts'

const countryName = (code: string): string => (countries as Readonly<Record<string, string>>)[code] ?? code
const schemeName = (scheme: TaxScheme): string => legal(`scheme_${scheme}`)
const countryChoices = Object.entries(countries).map(([value, label]) => ({ value, label }))
const schemeChoices = taxSchemeNames.map((value) => ({ value, label: schemeName(value) }))

const keyOf = (one: TaxNumber): string => JSON.stringify([one.country, one.authority, one.scheme, one.validFrom])

type Held = { rows: readonly TaxNumber[]; tag: string | null }
type Doing = { what: 'add' } | { what: 'change' | 'withdraw'; number: TaxNumber }

/** Under which numbers the company declares tax, to whom and when. */
export function TaxNumbers() {
  const { may } = useWorkplace()
  const found = useTagged('listTaxNumbers', { path: useCompanyPath() })
  const [doing, setDoing] = useState<{ held: Held } & Doing>()
  const held: Held | undefined = found.data && { rows: found.data.result.rows, tag: found.data.tag }
  const add = may('settings.write') && held && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setDoing({ what: 'add', held })}>
      {legal('newTaxNumber')}
    </Button>
  )
  // Somebody else may have changed the list meanwhile.
  const close = () => {
    setDoing(undefined)
    void found.refetch()
  }
  return (
    <SettingsFrame title={legal('taxNumbers')} text={legal('taxNumbersText')} actions={add}>
      <Loaded of={found}>
        {({ result: { rows }, tag }) => (
          <NumberRows rows={rows} onDo={(next) => setDoing({ ...next, held: { rows, tag } })} add={add} />
        )}
      </Loaded>
      {doing?.what === 'withdraw' && <Withdraw held={doing.held} of={doing.number} onClose={close} />}
      {(doing?.what === 'add' || doing?.what === 'change') && (
        <Change
          held={doing.held}
          of={doing.what === 'change' ? doing.number : undefined}
          onWithdraw={(number) => setDoing({ what: 'withdraw', number, held: doing.held })}
          onClose={close}
        />
      )}
    </SettingsFrame>
  )
}

type NumberRowsProps = { rows: readonly TaxNumber[]; onDo: (doing: Doing) => void; add: React.ReactNode }

function NumberRows({ rows, onDo, add }: NumberRowsProps) {
  const { may, company } = useWorkplace()
  const day = today(company.timeZone)
  return (
    <Rows
      label={legal('taxNumbers')}
      of={rows}
      keyOf={keyOf}
      empty={<Empty title={legal('noTaxNumbers')} text={legal('noTaxNumbersText')} action={add} />}
      columns={[
        { id: 'number', header: legal('taxNumber'), cell: ({ number }) => number },
        { id: 'scheme', header: legal('kind'), cell: (row) => <Kind of={row} /> },
        { id: 'country', header: t('country'), wide: true, cell: ({ country }) => countryName(country) },
        { id: 'authority', header: legal('authority'), wide: true, cell: ({ authority }) => authority },
        { id: 'from', header: legal('validFrom'), wide: true, cell: ({ validFrom }) => <Day of={validFrom} /> },
        { id: 'to', header: legal('lastDay'), wide: true, cell: ({ validTo }) => <Day of={validTo} /> },
        { id: 'state', header: t('state'), cell: (row) => <State of={row} day={day} /> },
        ...changeColumn<TaxNumber>(
          may('settings.write'),
          ({ number }) => number,
          (number) => onDo({ what: 'change', number }),
        ),
      ]}
    />
  )
}

function Kind({ of: { scheme, onDocuments } }: { of: TaxNumber }) {
  return (
    <>
      {schemeName(scheme)}
      {!onDocuments && <div className={classes.quiet}>{legal('notOnDocuments')}</div>}
    </>
  )
}

function State({ of: { validFrom, validTo }, day }: { of: TaxNumber; day: string }) {
  const [color, said] =
    validTo !== null && validTo < day
      ? ['gray', legal('numberEnded')]
      : validFrom > day
        ? ['blue', legal('numberBegins')]
        : ['green', legal('valid')]
  return (
    <Badge size="sm" variant="light" miw="max-content" color={color}>
      {said}
    </Badge>
  )
}

/** Saves the whole list as this person has it; where somebody else saved another meanwhile, their list is what is changed. */
function useSaving(held: Held) {
  const path = useCompanyPath()
  const change = useChange('replaceTaxNumbers', { forgets: ['listTaxNumbers'] })
  const now = useRef(held)
  return {
    reread: async () => {
      const read = await api.read('listTaxNumbers', { path })
      now.current = { rows: read.result.rows, tag: read.tag }
      return now.current
    },
    save: async (changed: (rows: readonly TaxNumber[]) => readonly WrittenTaxNumber[]) => {
      const { rows, tag } = now.current
      await change.mutateAsync({ path, body: { rows: [...changed(rows)] }, ifMatch: tag ?? undefined })
      notifications.show({ message: t('saved') })
    },
  }
}

type Values = {
  country: string
  scheme: TaxScheme
  number: string
  authority: string
  validFrom: string | null
  validTo: string | null
  onDocuments: boolean
}

const labels = {
  country: t('country'),
  scheme: legal('kind'),
  number: legal('taxNumber'),
  authority: legal('authority'),
  validFrom: legal('validFrom'),
  validTo: legal('lastDay'),
  onDocuments: legal('onDocuments'),
}

const saidDay = (day: unknown): string => (typeof day === 'string' ? writtenDay(day, locale) : '–')
const words = {
  country: (code: unknown) => (typeof code === 'string' ? countryName(code) : '–'),
  scheme: (scheme: unknown) => (typeof scheme === 'string' && isTaxScheme(scheme) ? schemeName(scheme) : '–'),
  validFrom: saidDay,
  validTo: saidDay,
  onDocuments: (on: unknown) => (on === undefined ? '–' : on ? t('yes') : t('no')),
}

type ChangeProps = { held: Held; of: TaxNumber | undefined; onWithdraw: (of: TaxNumber) => void; onClose: () => void }

function Change({ held, of, onWithdraw, onClose }: ChangeProps) {
  const { company } = useWorkplace()
  const { save, reread } = useSaving(held)
  const [values, setValues] = useState<Values>(
    of ?? {
      country: company.country,
      scheme: 'vat',
      number: '',
      authority: '',
      validFrom: null,
      validTo: null,
      onDocuments: true,
    },
  )
  return (
    <DialogForm
      title={of?.number ?? legal('newTaxNumber')}
      submit={t('save')}
      ready={values.number.trim() !== '' && values.validFrom !== null}
      onClose={onClose}
      meanwhile={{
        mine: values,
        labels,
        words,
        reread: async () => {
          const now = await reread()
          const same = of && now.rows.find((one) => keyOf(one) === keyOf(of))
          return {
            values: same ?? Object.fromEntries(Object.keys(labels).map((name) => [name, undefined])),
            tag: now.tag,
          }
        },
      }}
      work={() =>
        save((rows) => [
          ...rows.filter((one) => of === undefined || keyOf(one) !== keyOf(of)),
          {
            ...values,
            validFrom: values.validFrom ?? '',
            ...(values.authority.trim() === '' ? { authority: undefined } : {}),
          },
        ])
      }
    >
      <Fields values={values} set={(some) => setValues({ ...values, ...some })} />
      {of && (
        <Button size="compact-sm" variant="subtle" color="gray" w="max-content" onClick={() => onWithdraw(of)}>
          {legal('withdrawNumber')}
        </Button>
      )}
    </DialogForm>
  )
}

function Fields({ values, set }: { values: Values; set: (some: Partial<Values>) => void }) {
  return (
    <>
      <Group grow align="flex-start">
        <Select
          label={labels.country}
          searchable
          allowDeselect={false}
          data={countryChoices}
          value={values.country}
          onChange={(country) => country !== null && set({ country })}
        />
        <Select
          label={labels.scheme}
          allowDeselect={false}
          data={schemeChoices}
          value={values.scheme}
          onChange={(scheme) => scheme !== null && set({ scheme })}
        />
      </Group>
      <TextInput
        label={labels.number}
        data-autofocus
        maxLength={60}
        value={values.number}
        onChange={(event) => set({ number: event.currentTarget.value })}
      />
      <TextInput
        label={labels.authority}
        description={legal('authorityText')}
        maxLength={200}
        value={values.authority}
        onChange={(event) => set({ authority: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <DayField label={labels.validFrom} value={values.validFrom} onChange={(validFrom) => set({ validFrom })} />
        <DayField label={labels.validTo} clearable value={values.validTo} onChange={(validTo) => set({ validTo })} />
      </Group>
      <Switch
        label={labels.onDocuments}
        checked={values.onDocuments}
        onChange={(event) => set({ onDocuments: event.currentTarget.checked })}
      />
    </>
  )
}

function Withdraw({ held, of, onClose }: { held: Held; of: TaxNumber; onClose: () => void }) {
  const { save } = useSaving(held)
  return (
    <DialogForm
      title={legal('withdrawNamed', { name: of.number })}
      submit={t('withdraw')}
      danger
      onClose={onClose}
      work={() => save((rows) => rows.filter((one) => keyOf(one) !== keyOf(of)))}
    >
      {legal('withdrawText')}
    </DialogForm>
  )
}
