import { Badge, Button, Group, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { BankAccount } from '../../../../../clients/typescript/src/api.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { Rows } from '../../../../ui/rows.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { changeColumn } from './change-button.tsx'
import { SettingsFrame } from './frame.tsx'
import { t } from './texts.ts'

const numberOf = ({ iban, sortCode, routingNumber, accountNumber }: BankAccount): string =>
  iban?.replace(/(.{4})(?=.)/g, '$1 ') ?? [sortCode ?? routingNumber, accountNumber].filter(Boolean).join(' ')

/** Where the company is paid. */
export function BankAccounts() {
  const { may } = useWorkplace()
  const found = useTagged('listBankAccounts', { path: useCompanyPath() })
  const [changing, setChanging] = useState<{ of: BankAccount | undefined; tag: string | null }>()
  const add = may('settings.write') && (
    <Button
      size="xs"
      leftSection={<IconPlus size={15} stroke={1.8} />}
      onClick={() => setChanging({ of: undefined, tag: null })}
    >
      {t('newBankAccount')}
    </Button>
  )
  return (
    <SettingsFrame title={t('bankAccounts')} text={t('bankAccountsText')} actions={add}>
      <Loaded of={found}>
        {({ result: { rows }, tag }) => (
          <Rows
            label={t('bankAccounts')}
            of={rows}
            keyOf={({ name }) => name}
            empty={<Empty title={t('noBankAccounts')} text={t('noBankAccountsText')} action={add} />}
            columns={[
              { id: 'name', header: t('name'), cell: ({ name }) => name },
              { id: 'number', header: t('accountNumber'), cell: numberOf },
              { id: 'holder', header: t('holder'), wide: true, cell: ({ holder }) => holder },
              { id: 'bank', header: t('bank'), wide: true, cell: ({ bank }) => bank },
              { id: 'currency', header: t('currency'), wide: true, cell: ({ currency }) => currency },
              {
                id: 'active',
                header: t('state'),
                cell: ({ active }) => (
                  <Badge size="sm" variant="light" color={active ? 'green' : 'gray'}>
                    {active ? t('inUse') : t('notInUse')}
                  </Badge>
                ),
              },
              ...changeColumn<BankAccount>(
                may('settings.write'),
                ({ name }) => name,
                (of) => setChanging({ of, tag }),
              ),
            ]}
          />
        )}
      </Loaded>
      {changing && <Change {...changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  )
}

const parts = ['holder', 'bank', 'iban', 'bic', 'sortCode', 'routingNumber', 'accountNumber'] as const
type Part = (typeof parts)[number]
const labels = {
  ...Object.fromEntries(parts.map((part) => [part, t(part)])),
  currency: t('currency'),
  active: t('state'),
}
const shownOf = (account: Pick<BankAccount, Part | 'currency' | 'active'>) => ({
  ...Object.fromEntries(parts.map((part) => [part, account[part] ?? ''])),
  currency: account.currency,
  active: account.active ? t('inUse') : t('notInUse'),
})

/** What is left empty is sent as none. */
const givenOf = ({ holder, bank, ...numbers }: Record<Part, string>) => ({
  holder,
  bank,
  ...Object.fromEntries(Object.entries(numbers).map(([part, value]) => [part, value.trim() || null])),
})

type ChangeProps = { of: BankAccount | undefined; tag: string | null; onClose: () => void }

function Change({ of, tag, onClose }: ChangeProps) {
  const { company } = useWorkplace()
  const path = useCompanyPath()
  const save = useChange('replaceBankAccount', { forgets: ['listBankAccounts', 'listApprovals'] })
  const [typed, setName] = useState(of?.name ?? '')
  const [taken, setTaken] = useState<string>()
  const name = typed.trim()
  const [currency, setCurrency] = useState(of?.currency ?? company.baseCurrency)
  const [active, setActive] = useState(of?.active ?? true)
  const [values, setValues] = useState<Record<Part, string>>(
    Object.fromEntries(parts.map((part) => [part, of?.[part] ?? ''])) as Record<Part, string>,
  )
  return (
    <DialogForm
      title={of?.name ?? t('newBankAccount')}
      submit={t('save')}
      ready={name !== '' && values.holder.trim() !== ''}
      onClose={onClose}
      meanwhile={{
        mine: shownOf({ ...values, currency: currency.toUpperCase(), active }),
        labels,
        reread: async () => {
          const { result, tag: newest } = await api.read('listBankAccounts', { path })
          const now = result.rows.find((one) => one.name === name)
          return { values: now === undefined ? {} : shownOf(now), tag: newest }
        },
      }}
      work={async (over) => {
        // What is saved under a name takes the place of what is there: nobody who adds one means that.
        const now = of === undefined && over === undefined ? await api.read('listBankAccounts', { path }) : undefined
        if (now?.result.rows.some((one) => one.name === name)) {
          setTaken(name)
          return true
        }
        const body = { ...givenOf(values), currency: currency.toUpperCase(), active }
        const answer = await save.mutateAsync({
          path: { ...path, name },
          body,
          ifMatch: over ?? tag ?? now?.tag ?? undefined,
        })
        notifications.show({ message: 'requestedBy' in answer ? t('waitsForSecond') : t('saved') })
        return false
      }}
    >
      {of === undefined && (
        <TextInput
          label={t('name')}
          description={t('bankNameText')}
          data-autofocus
          value={typed}
          error={taken === name && name !== '' && t('bankNameTaken')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Details
        of={values}
        set={(some) => setValues({ ...values, ...some })}
        currency={currency}
        setCurrency={setCurrency}
      />
      <Switch label={t('bankActive')} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
    </DialogForm>
  )
}

type DetailsProps = {
  of: Record<Part, string>
  set(some: Partial<Record<Part, string>>): void
  currency: string
  setCurrency(currency: string): void
}

/** Whose account it is and where, as banks of the company's country number accounts. */
function Details({ of, set, currency, setCurrency }: DetailsProps) {
  const { company } = useWorkplace()
  const field = (part: Part) => (
    <TextInput label={t(part)} value={of[part]} onChange={(event) => set({ [part]: event.currentTarget.value })} />
  )
  return (
    <>
      {field('holder')}
      <Group grow>
        {field('bank')}
        <TextInput
          label={t('currency')}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value)}
        />
      </Group>
      <Group grow>
        {field('iban')}
        {field('bic')}
      </Group>
      <Group grow>
        {company.country === 'US' ? field('routingNumber') : field('sortCode')}
        {field('accountNumber')}
      </Group>
    </>
  )
}
