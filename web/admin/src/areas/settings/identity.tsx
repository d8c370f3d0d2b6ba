import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import type { CompanyIdentity, CompanyIdentityVersion } from '../../../../../clients/typescript/src/api.ts'
import { CompanyIdentityChange } from '../../../../../src/contracts/company-identity.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { Facts } from '../../../../ui/details.tsx'
import { type EntryForm, EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Panel, SettingsFrame } from './frame.tsx'
import { legal } from './identity-texts.ts'
import {
  type AddressKind,
  type AddressPart,
  addressKinds,
  addressParts,
  hasAddress,
  type IdentityValues,
  identityBody,
  identityLabels,
  identityValues,
  placeOf,
  type TextName,
  textNames,
} from './identity-values.ts'
import { addressText, countryName, dayOrBeginning, Recorded } from './recorded-identities.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

const countryChoices = Object.entries(countries).map(([value, label]) => ({ value, label }))

/** Who the company is before the law: what documents say of it, from which day. */
export function Identity() {
  const { may } = useWorkplace()
  const found = useTagged('getIdentity', { path: useCompanyPath() })
  return (
    <SettingsFrame
      title={legal('identity')}
      text={may('company.write') ? legal('identityText') : legal('identityReadText')}
      padded
    >
      <Loaded of={found}>
        {({ result, tag }) => (
          <>
            <Planned until={result.until} />
            {may('company.write') ? (
              <Form key={result.withdrawn} found={result} tag={tag} />
            ) : (
              <Shown of={result.identity} />
            )}
            <div className={classes.recorded}>
              <Recorded tag={tag} />
            </div>
          </>
        )}
      </Loaded>
    </SettingsFrame>
  )
}

const Planned = ({ until }: { until: string | null }) =>
  until === null ? null : (
    <p className={classes.notice} role="status">
      {legal('identityPlanned', { day: writtenDay(until, locale) })}
    </p>
  )

function Shown({ of }: { of: CompanyIdentityVersion | null }) {
  if (of === null) return <Empty title={legal('noIdentity')} />
  const facts: [string, string][] = [
    ...textNames.map((name): [string, string] => [legal(`identity_${name}`), of[name] ?? '']),
    ...addressKinds.map((kind): [string, string] => [legal(`address_${kind}`), addressText(of[`${kind}Address`])]),
    [legal('holdsFrom'), dayOrBeginning(of.effectiveFrom)],
  ]
  return <Facts of={facts.filter(([, value]) => value !== '')} />
}

type FormProps = { found: CompanyIdentity; tag: string | null }

/** The change is recorded only if nobody else recorded another since it was read. */
function Form({ found, tag }: FormProps) {
  const { company } = useWorkplace()
  const path = { companyId: company.id }
  const change = useChange('replaceIdentity', { forgets: ['getIdentity', 'listIdentityVersions'] })
  const valuesOf = (read: CompanyIdentity) => identityValues(read, today(company.timeZone), company.country)
  const reread = async () => {
    const read = await api.read('getIdentity', { path })
    return { values: valuesOf(read.result), tag: read.tag }
  }
  const form = useEntryForm({
    name: `identity.${company.id}`,
    initial: valuesOf(found),
    schema: CompanyIdentityChange,
    body: identityBody,
    tag,
    reread,
    placesOf: ({ context }) => (context?.field === undefined ? [] : [placeOf(context.field)]),
    save: async (body, { tag: ifMatch }) => {
      await change.mutateAsync({ path, body, ifMatch })
      notifications.show({ message: t('saved') })
      return await reread()
    },
  })
  return (
    <EntryFormFrame
      form={form}
      labels={identityLabels}
      words={{
        effectiveFrom: (day) => dayOrBeginning(day as string | null),
        ...Object.fromEntries(
          addressKinds.map((kind) => [`${kind}_country`, (code: unknown) => countryName(String(code))]),
        ),
      }}
      submitLabel={t('save')}
    >
      <Names form={form} />
      {addressKinds.map((kind) => (
        <Address key={kind} kind={kind} form={form} shown={kind === 'registered' || hasAddress(found.identity, kind)} />
      ))}
      <Reach form={form} />
      <DayField
        label={legal('holdsFrom')}
        description={legal('holdsFromText')}
        placeholder={t('beginning')}
        clearable
        clearButtonProps={{ 'aria-label': legal('fromTheBeginning') }}
        maw={360}
        {...form.fields.getInputProps('effectiveFrom')}
        value={form.fields.values.effectiveFrom}
      />
    </EntryFormFrame>
  )
}

type PartProps = { form: EntryForm<IdentityValues> }

const texts =
  (form: EntryForm<IdentityValues>) =>
  (name: TextName, more: object = {}) => (
    <TextInput label={identityLabels[name]} {...more} {...form.fields.getInputProps(name)} />
  )

function Names({ form }: PartProps) {
  const text = texts(form)
  return (
    <Panel title={legal('identityNames')}>
      <div className={classes.fields}>
        {text('legalName', { maxLength: 200, autoComplete: 'organization', description: legal('legalNameText') })}
        {text('tradingName', { maxLength: 200, description: legal('tradingNameText') })}
        {text('registrationNumber', { maxLength: 60, description: legal('registrationNumberText') })}
        <Textarea
          label={identityLabels.legalInformation}
          description={legal('legalInformationText')}
          maxLength={500}
          autosize
          minRows={1}
          {...form.fields.getInputProps('legalInformation')}
        />
      </div>
    </Panel>
  )
}

function Reach({ form }: PartProps) {
  const text = texts(form)
  return (
    <>
      <Panel title={legal('identityReach')}>
        <div className={classes.fields}>
          {text('contact', { maxLength: 200 })}
          {text('phone', { maxLength: 40, type: 'tel' })}
          {text('email', { maxLength: 200, type: 'email' })}
          {text('website', { maxLength: 300 })}
        </div>
      </Panel>
      <Folded title={legal('identityElectronic')} text={legal('identityElectronicText')} shown={saysElectronic(form)}>
        <div className={classes.fields}>
          {text('electronicAddress', { maxLength: 200 })}
          {text('electronicAddressScheme', { maxLength: 4, description: legal('easText') })}
          {text('identifier', { maxLength: 60 })}
          {text('identifierScheme', { maxLength: 4, description: legal('icdText') })}
          {text('registrationScheme', { maxLength: 4, description: legal('icdText') })}
        </div>
      </Folded>
    </>
  )
}

const electronic: readonly TextName[] = [
  'electronicAddress',
  'electronicAddressScheme',
  'identifier',
  'identifierScheme',
  'registrationScheme',
]
const saysElectronic = ({ fields }: EntryForm<IdentityValues>): boolean =>
  electronic.some((name) => fields.values[name] !== '')

type FoldedProps = { title: string; text?: string; shown: boolean; children: ReactNode }

/** What few companies need is opened by those who do; what says something stands open. */
function Folded({ title, text, shown, children }: FoldedProps) {
  const [open, setOpen] = useState(false)
  if (open || shown)
    return (
      <Panel title={title} {...(text === undefined ? {} : { text })}>
        {children}
      </Panel>
    )
  return (
    <Button variant="default" size="xs" className={classes.fold} onClick={() => setOpen(true)}>
      {legal('addNamed', { name: title })}
    </Button>
  )
}

/** As posts everywhere take it: lines, city, region, postcode, country. */
function Address({ kind, form, shown }: { kind: AddressKind; form: EntryForm<IdentityValues>; shown: boolean }) {
  const { fields } = form
  const says = addressParts.some((part) => part !== 'country' && fields.values[`${kind}_${part}`] !== '')
  const most: Readonly<Record<AddressPart, number>> = {
    line1: 200,
    line2: 200,
    line3: 200,
    city: 100,
    region: 100,
    postcode: 20,
    country: 2,
  }
  return (
    <Folded title={legal(`address_${kind}`)} text={legal(`address_${kind}Text`)} shown={shown || says}>
      <div className={classes.fields}>
        {addressParts.map((part) =>
          part === 'country' ? (
            <Select
              key={part}
              label={legal('address_country')}
              searchable
              allowDeselect={false}
              data={countryChoices}
              {...fields.getInputProps(`${kind}_country`)}
              value={fields.values[`${kind}_country`] || null}
            />
          ) : (
            <TextInput
              key={part}
              label={legal(`address_${part}`)}
              maxLength={most[part]}
              {...fields.getInputProps(`${kind}_${part}`)}
            />
          ),
        )}
      </div>
    </Folded>
  )
}
