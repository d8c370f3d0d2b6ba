import { Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Company } from '../../../../../clients/typescript/src/api.ts'
import { CompanyChange } from '../../../../../src/contracts/companies.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { api, useChange, useRead, useTagged } from '../../../../ui/api.ts'
import { Facts } from '../../../../ui/details.tsx'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { Panel, SettingsFrame } from './frame.tsx'
import { t } from './texts.ts'

const monthName = (month: number): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month - 1, 1)))

const months = Array.from({ length: 12 }, (_, month) => ({ value: String(month + 1), label: monthName(month + 1) }))

const zoneName = (zone: string): string => zone.replaceAll('_', ' ')

const chartNames: Readonly<Record<string, string>> = {
  uk: t('chartUk'),
  us: t('chartUs'),
  de: t('chartDe'),
  fr: t('chartFr'),
  generic: t('chartGeneric'),
}

const labels = { name: t('name'), timeZone: t('timeZone'), fiscalYearStartMonth: t('fiscalYear') }

/** What the company is: what may change of it, and what the books rest on. */
export function CompanySettings() {
  const { may } = useWorkplace()
  return (
    <SettingsFrame title={t('company')} text={may('company.write') ? undefined : t('companyReadText')} padded>
      {may('company.write') ? <Changed /> : <Shown />}
    </SettingsFrame>
  )
}

function Shown() {
  const found = useRead('getCompany', { path: useCompanyPath() })
  return (
    <Loaded of={found}>
      {(company) => (
        <Facts
          of={[
            [labels.name, company.name],
            [labels.timeZone, zoneName(company.timeZone)],
            [labels.fiscalYearStartMonth, monthName(company.fiscalYearStartMonth)],
            ...fixedFacts(company),
          ]}
        />
      )}
    </Loaded>
  )
}

const fixedFacts = ({ id, country, baseCurrency, chart }: Company): [string, string][] => [
  [t('country'), (countries as Record<string, string>)[country] ?? country],
  [t('baseCurrency'), baseCurrency],
  [t('chart'), chartNames[chart] ?? chart],
  [t('companyNumber'), id],
]

function Changed() {
  const found = useTagged('getCompany', { path: useCompanyPath() })
  return (
    <Loaded of={found}>
      {({ result, tag }) => (
        <>
          <Panel title={t('companyMay')}>
            <Form company={result} tag={tag} />
          </Panel>
          <Panel title={t('companyStays')} text={t('companyStaysText')}>
            <Facts of={fixedFacts(result)} />
          </Panel>
        </>
      )}
    </Loaded>
  )
}

const valuesOf = ({ name, timeZone, fiscalYearStartMonth }: Company) => ({
  name,
  timeZone,
  fiscalYearStartMonth: String(fiscalYearStartMonth),
})

/** The change is made only if nobody else changed the company since it was read. */
function Form({ company, tag }: { company: Company; tag: string | null }) {
  const path = { companyId: company.id }
  const change = useChange('changeCompany', { forgets: ['listCompanies', 'getCompany'] })
  const reread = async () => {
    const read = await api.read('getCompany', { path })
    return { values: valuesOf(read.result), tag: read.tag }
  }
  const form = useEntryForm({
    name: `company.${company.id}`,
    initial: valuesOf(company),
    schema: CompanyChange,
    body: ({ fiscalYearStartMonth, ...rest }) => ({ ...rest, fiscalYearStartMonth: Number(fiscalYearStartMonth) }),
    tag,
    reread,
    save: async (body, { tag: ifMatch }) => {
      await change.mutateAsync({ path, body, ifMatch })
      notifications.show({ message: t('saved') })
      return await reread()
    },
  })
  const { fields } = form
  return (
    <EntryFormFrame
      form={form}
      labels={labels}
      words={{ fiscalYearStartMonth: (month) => monthName(Number(month)), timeZone: (zone) => zoneName(String(zone)) }}
      submitLabel={t('save')}
    >
      <TextInput label={labels.name} autoComplete="organization" maxLength={200} {...fields.getInputProps('name')} />
      <Select
        label={labels.timeZone}
        description={t('timeZoneText')}
        searchable
        allowDeselect={false}
        data={zonesWith(company.timeZone)}
        {...fields.getInputProps('timeZone')}
      />
      <Select
        label={labels.fiscalYearStartMonth}
        description={t('fiscalYearText')}
        allowDeselect={false}
        data={months}
        {...fields.getInputProps('fiscalYearStartMonth')}
      />
    </EntryFormFrame>
  )
}

/** The time zones that the browser knows, with the one that is chosen. */
const zonesWith = (chosen: string): { value: string; label: string }[] =>
  [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
    .toSorted()
    .map((value) => ({ value, label: zoneName(value) }))
