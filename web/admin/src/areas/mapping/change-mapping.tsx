import { Box, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AppliedMapping, ApprovalRequest, MappingRule } from '../../../../../clients/typescript/src/api.ts'
import { NewMappingRule as Contract } from '../../../../../src/contracts/mapping.ts'
import { AccountField } from '../../../../ui/account-field.tsx'
import { api, useChange, useRead } from '../../../../ui/api.ts'
import { DayField } from '../../../../ui/day-field.tsx'
import { today } from '../../../../ui/days.ts'
import { type EntryForm, EntryFormFrame, useEntryForm } from '../../../../ui/entry-form.tsx'
import { figure, writtenDay } from '../../../../ui/figures.ts'
import { useGo } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Screen } from '../../../../ui/screen.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { SentToSecondPerson } from '../../../../ui/second-person.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { MappingPreview } from './mapping-preview.tsx'
import { t } from './texts.ts'
import { conditionNames, roleNamed, since, standingOf } from './words.ts'

type Values = {
  role: string | null
  account: string
  ends: boolean
  item: string
  itemGroup: string
  taxCode: string
  channel: string
  paymentMethod: string
  documentKind: string
  effectiveFrom: string | null
  reason: string
}

const valuesOf = (rule: MappingRule | undefined): Values => ({
  role: rule?.role ?? null,
  account: rule?.account ?? '',
  ends: rule !== undefined && rule.account === null,
  item: rule?.item ?? '',
  itemGroup: rule?.itemGroup ?? '',
  taxCode: rule?.taxCode ?? '',
  channel: rule?.channel ?? '',
  paymentMethod: rule?.paymentMethod ?? '',
  documentKind: rule?.documentKind ?? '',
  effectiveFrom: rule === undefined ? null : (since(rule.effectiveFrom) ?? null),
  reason: '',
})

const bodyOf = ({ role, account, ends, effectiveFrom, reason, ...conditions }: Values) => ({
  role: role ?? '',
  account: ends ? null : account,
  ...Object.fromEntries(
    conditionNames.flatMap((name) => (conditions[name].trim() === '' ? [] : [[name, conditions[name].trim()]])),
  ),
  ...(effectiveFrom === null ? {} : { effectiveFrom }),
  ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
})

function problemsOf({ role, account, ends }: Values): Record<string, string> {
  return {
    ...(role === null ? { role: t('roleMissing') } : {}),
    ...(account === '' && !ends ? { account: t('accountMissing') } : {}),
  }
}

/** A rule's next version: what it would change of what is posted is looked at before it is saved. */
export function ChangeMapping() {
  const found = useRead('listMappingRules', { path: useCompanyPath() })
  const [{ rule }] = useSearchState()
  return (
    <Loaded of={found}>
      {({ rows }) => (
        <Form
          key={rule ?? ''}
          rule={rows.find(({ id }) => id === rule)}
          rules={rows}
          roles={[...new Set(rows.map(({ role }) => role))].sort()}
        />
      )}
    </Loaded>
  )
}

const forgets = 'all' as const

/** By then every version holds, so that the newest is the one that counts. */
const LAST_DAY = '9999-12-31'

const isSameRule = (one: MappingRule, other: MappingRule): boolean =>
  one.role === other.role && conditionNames.every((name) => one[name] === other[name])

const newestOf = (rule: MappingRule | undefined, all: readonly MappingRule[]): MappingRule | undefined =>
  rule &&
  standingOf(
    all.filter((one) => isSameRule(one, rule)),
    LAST_DAY,
  ).now

const labels = { account: t('account'), effectiveFrom: t('from'), ends: t('ends'), reason: t('reason') }

type FormProps = { rule: MappingRule | undefined; rules: readonly MappingRule[]; roles: readonly string[] }

function Form({ rule, rules, roles }: FormProps) {
  const path = useCompanyPath()
  const to = useAddress()
  const go = useGo()
  const [result, setResult] = useState<string>()
  const [sent, setSent] = useState<ApprovalRequest>()
  const add = useChange('createMappingRules', { forgets })
  // Whoever changes a rule has seen its newest version, or is told of the newer one.
  const seen = newestOf(rule, rules)?.version
  const reread = async () => {
    const { rows } = await api.call('listMappingRules', { path, query: {} })
    const newest = newestOf(rule, rows)
    return { values: { ...valuesOf(newest) }, tag: newest === undefined ? null : String(newest.version) }
  }
  const form = useEntryForm<Values, ReturnType<typeof Contract.parse>>({
    name: `mapping.${rule?.id ?? 'new'}`,
    initial: valuesOf(rule),
    schema: Contract,
    check: problemsOf,
    body: bodyOf,
    tag: seen === undefined ? null : String(seen),
    reread,
    save: async (body, { tag }) => {
      await add.mutateAsync({ path, body: { ...body, ...(tag === undefined ? {} : { follows: Number(tag) }) } })
      setResult(t('saved'))
      return rule === undefined ? undefined : await reread()
    },
  })
  const applied = async ({ lines, entries, amount }: AppliedMapping) => {
    form.discard()
    if (rule !== undefined) form.hold(await reread())
    setSent(undefined)
    const written = amount === null ? '' : `${figure(amount.amount, locale)} ${amount.currency}`
    setResult(t('applied', { count: entries, lines, amount: written }))
  }
  const sentOn = (request: ApprovalRequest) => {
    form.discard()
    setResult(undefined)
    setSent(request)
  }
  const leave = () => void go(to('mapping'))
  const title = rule === undefined ? t('newRule') : t('changeRule', { role: roleNamed(rule.role) })
  return (
    <Screen title={title} padded>
      <Outcome result={result} sent={sent} />
      {rule !== undefined && <Coming of={rule} among={rules} />}
      <EntryFormFrame form={form} wide submitLabel={t('save')} labels={labels} onCancel={leave}>
        <Fields form={form} roles={roles} isNew={rule === undefined} />
        <MappingPreview
          rule={{ ...bodyOf(form.fields.values), ...(seen === undefined ? {} : { follows: seen }) }}
          reason={form.fields.values.reason}
          ready={() => !form.fields.validate().hasErrors}
          onReasonMissing={() => form.fields.setFieldError('reason', t('reasonMissing'))}
          onApplied={applied}
          onSent={sentOn}
        />
      </EntryFormFrame>
    </Screen>
  )
}

/** What became of it: saved, moved, or sent to a second person. */
const Outcome = ({ result, sent }: { result: string | undefined; sent: ApprovalRequest | undefined }) => (
  <>
    {result !== undefined && (
      <div className={classes.result} role="status">
        {result}
      </div>
    )}
    {sent && (
      <Box mb="md">
        <SentToSecondPerson id={sent.id} summary={sent.summary} />
      </Box>
    )}
  </>
)

/** What is laid down for later days, where it is not this that is changed: a newer version counts from its day on, whatever older ones say. */
function Coming({ of, among }: { of: MappingRule; among: readonly MappingRule[] }) {
  const { company } = useWorkplace()
  const same = among.filter((one) => isSameRule(one, of))
  const { coming } = standingOf(same, today(company.timeZone))
  return coming
    .filter(({ id }) => id !== of.id)
    .map(({ id, effectiveFrom, account, accountName }) => (
      <p key={id} className={classes.old} role="note">
        {t('comingNote', {
          day: writtenDay(effectiveFrom, locale),
          account: account === null ? t('endsHere') : `${account} ${accountName ?? ''}`.trim(),
        })}
      </p>
    ))
}

type FieldsProps = { form: EntryForm<Values>; roles: readonly string[]; isNew: boolean }

function Fields({ form: { fields }, roles, isNew }: FieldsProps) {
  const { ends, account, effectiveFrom } = fields.values
  const taxCodes = useRead('listTaxCodes', { path: useCompanyPath() })
  const taxChoices = (taxCodes.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={t('role')}
          searchable
          disabled={!isNew}
          data={roles.map((value) => ({ value, label: roleNamed(value) }))}
          {...fields.getInputProps('role')}
        />
        <AccountField
          label={t('account')}
          disabled={ends}
          value={ends ? '' : account}
          onChange={(code) => {
            fields.setFieldValue('account', code)
            fields.clearFieldError('account')
          }}
          error={fields.errors.account}
        />
        <DayField
          label={t('from')}
          description={t('fromText')}
          clearable
          value={effectiveFrom}
          onChange={(day) => fields.setFieldValue('effectiveFrom', day)}
          error={fields.errors.effectiveFrom}
        />
      </div>
      {!isNew && <Checkbox label={t('ends')} {...fields.getInputProps('ends', { type: 'checkbox' })} />}
      <fieldset className={classes.conditions} disabled={!isNew}>
        <legend>{t('conditions')}</legend>
        <div className={classes.pair}>
          {conditionNames.map((name) =>
            name === 'taxCode' ? (
              <Select
                key={name}
                size="xs"
                label={t(name)}
                clearable
                disabled={!isNew}
                data={taxChoices}
                value={fields.values.taxCode || null}
                onChange={(code) => fields.setFieldValue('taxCode', code ?? '')}
                error={fields.errors.taxCode}
              />
            ) : (
              <TextInput key={name} size="xs" label={t(name)} disabled={!isNew} {...fields.getInputProps(name)} />
            ),
          )}
        </div>
        {isNew && <p className={classes.hint}>{t('conditionText')}</p>}
      </fieldset>
      <TextInput label={t('reason')} description={t('reasonText')} {...fields.getInputProps('reason')} />
    </>
  )
}
