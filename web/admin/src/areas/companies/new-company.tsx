import { Alert, Select, Text, TextInput } from '@mantine/core'
import type { CompanyProposal } from '../../../../../clients/typescript/src/api.ts'
import { NewCompany as Contract } from '../../../../../src/contracts/companies.ts'
import { currencies } from '../../../../../src/kernel/currencies.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { Facts } from '../../../../ui/details.tsx'
import { EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { Hotkeys } from '../../../../ui/hotkeys.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { Door } from '../doors/door.tsx'
import classes from './companies.module.css'
import { t } from './texts.ts'

const currencyChoices = Object.entries(currencies).map(([value, { name }]) => ({ value, label: `${value} ${name}` }))

const monthChoices = Array.from({ length: 12 }, (_, month) => ({
  value: String(month + 1),
  label: new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month))),
}))

type Values = { name: string; country: string; currency: string | null; fiscalYearStartMonth: string }

/** A company of one's own: its country proposes currency, chart, tax and fiscal year. */
export function NewCompany() {
  const countries = useRead('listCountries', {})
  return (
    <Door title={t('newTitle')} text={t('newText')}>
      <Loaded of={countries} rows={5}>
        {({ rows }) => <Form proposals={rows} />}
      </Loaded>
      <Hotkeys />
    </Door>
  )
}

/** The country of the browser's own locale, where it names one that is known. */
function likelyCountry(proposals: readonly CompanyProposal[]): CompanyProposal | undefined {
  const { region } = new Intl.Locale(locale)
  return proposals.find(({ country }) => country === region) ?? proposals.find(({ country }) => country === 'GB')
}

const proposed = (proposal: CompanyProposal | undefined): Omit<Values, 'name'> => ({
  country: proposal?.country ?? '',
  currency: proposal?.currency ?? null,
  fiscalYearStartMonth: String(proposal?.fiscalYearStartMonth ?? 1),
})

function Form({ proposals }: { proposals: readonly CompanyProposal[] }) {
  const go = useGo()
  const create = useChange('createCompanies', { forgets: ['listCompanies', 'listMe'], keyed: false })
  const initial: Values = { name: '', ...proposed(likelyCountry(proposals)) }
  const form = useEntryForm({
    name: 'company',
    initial,
    schema: Contract,
    body: ({ name, country, currency, fiscalYearStartMonth }) => ({
      name,
      country,
      ...(currency === null ? {} : { currency }),
      fiscalYearStartMonth: Number(fiscalYearStartMonth),
    }),
    save: async (body) => {
      const { id } = await create.mutateAsync({ body })
      await go(`/companies/${id}/begin`)
    },
  })
  const { fields } = form
  const proposal = proposals.find(({ country }) => country === fields.values.country)
  return (
    <EntryFormFrame form={form} submitLabel={t('createButton')} onCancel={() => void go('/')}>
      <TextInput label={t('name')} autoFocus autoComplete="organization" {...fields.getInputProps('name')} />
      <Select
        label={t('country')}
        searchable
        allowDeselect={false}
        data={proposals.map(({ country, name }) => ({ value: country, label: name }))}
        {...fields.getInputProps('country')}
        onChange={(country) =>
          country !== null &&
          fields.setValues((before) => ({ ...before, ...proposed(proposals.find((one) => one.country === country)) }))
        }
      />
      <Select
        label={t('currency')}
        description={proposal?.currency === null ? t('currencyMissing') : undefined}
        searchable
        allowDeselect={false}
        data={currencyChoices}
        {...fields.getInputProps('currency')}
      />
      <Select
        label={t('fiscalYear')}
        allowDeselect={false}
        data={monthChoices}
        {...fields.getInputProps('fiscalYearStartMonth')}
      />
      {proposal && <StartsWith of={proposal} />}
    </EntryFormFrame>
  )
}

/** What a company of the country has from its first day; what is not known of it is said. */
function StartsWith({ of }: { of: CompanyProposal }) {
  const { name, chartTitle, timeZone, taxRules, taxAuthority, standardTaxRate } = of
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const facts = [
    [t('chart'), chartTitle],
    [
      t('tax'),
      taxRules === 'vat' && standardTaxRate !== null
        ? t('taxKnown', {
            authority: taxAuthority ?? name,
            rate: rate.format(standardTaxRate as Intl.StringNumericLiteral),
          })
        : null,
    ],
    [t('timeZone'), timeZone.replaceAll('_', ' ')],
  ] as const
  return (
    <section aria-label={t('startsWith')} className={classes.proposal}>
      <Facts of={facts} />
      {taxRules === 'none' && (
        <Alert variant="light" color="yellow" title={t('taxUnknown', { country: name })}>
          <Text size="sm">{t('taxUnknownText')}</Text>
        </Alert>
      )}
    </section>
  )
}
