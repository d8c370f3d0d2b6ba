import { Select, Switch, TextInput } from '@mantine/core'
import type { Remedy } from '../../../../../clients/typescript/src/api.ts'
import { countries } from '../../../../../src/kernel/countries.ts'
import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'

type Input = Remedy['inputs'][number]
type InputProps = { of: Input; value: string | boolean | undefined; onChange(value: string | boolean): void }
type Choices = readonly { value: string; label: string }[]

const countryChoices: Choices = Object.entries(countries).map(([value, label]) => ({ value, label }))

/** Asks what a remedy asks, by its kind. */
export function RemedyInput(props: InputProps) {
  const { of, value, onChange } = props
  switch (of.kind) {
    case 'flag':
      return (
        <Switch
          label={of.label}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      )
    case 'choice':
      return <Choose {...props} from={of.choices ?? []} />
    case 'country':
      return <Choose {...props} from={countryChoices} />
    case 'account':
      return <ChooseAccount {...props} />
    case 'tax_code':
      return <ChooseTaxCode {...props} />
    default:
      return (
        <TextInput
          label={of.label}
          type={of.kind === 'day' ? 'date' : 'text'}
          required={of.required}
          withAsterisk={false}
          value={String(value ?? '')}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )
  }
}

const Choose = ({ of, value, onChange, from }: InputProps & { from: Choices }) => (
  <Select
    label={of.label}
    placeholder={t('chooseOne')}
    searchable={from.length > 8}
    clearable={!of.required}
    w={260}
    data={from}
    value={value === '' || value === undefined ? null : String(value)}
    onChange={(chosen) => onChange(chosen ?? '')}
  />
)

function ChooseAccount(props: InputProps) {
  const found = useRead('listAccounts', { path: useCompanyPath(), query: { limit: '1000' } })
  const from = (found.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))
  return <Choose {...props} from={from} />
}

function ChooseTaxCode(props: InputProps) {
  const found = useRead('listTaxCodes', { path: useCompanyPath() })
  const from = (found.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name }))
  return <Choose {...props} from={from} />
}
