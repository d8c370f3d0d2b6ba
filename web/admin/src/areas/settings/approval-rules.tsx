import { Switch, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { ApprovalRule } from '../../../../../clients/typescript/src/api.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { api, useChange, useTagged } from '../../../../ui/api.ts'
import { DialogForm } from '../../../../ui/dialog-form.tsx'
import { isZero, typedDecimal } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { ChangeButton } from './change-button.tsx'
import { SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** What needs a second person. */
export function ApprovalRules() {
  const { may } = useWorkplace()
  const found = useTagged('listApprovalRules', { path: useCompanyPath() })
  const [changing, setChanging] = useState<{ rule: ApprovalRule; tag: string | null }>()
  return (
    <SettingsFrame title={t('approvalRules')} text={t('approvalRulesText')} padded>
      <Loaded of={found}>
        {({ result: { rows }, tag }) => (
          <ul className={`${classes.held} ${classes.panel}`}>
            {everyRule(rows).map((rule) => (
              <li key={rule.kind}>
                <span>
                  {t(`rule_${rule.kind}`)}
                  <div className={classes.quiet}>{stateOf(rule)}</div>
                </span>
                {may('people.manage') && (
                  <ChangeButton name={t(`rule_${rule.kind}`)} onClick={() => setChanging({ rule, tag })} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {changing && <ChangeRule of={changing.rule} tag={changing.tag} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  )
}

const kinds = ['journal', 'period_reopening', 'year_closing', 'bank_details'] as const

/** Also those that nobody has set: they need nobody else. */
const everyRule = (rows: readonly ApprovalRule[]): ApprovalRule[] =>
  kinds.map((kind) => rows.find((rule) => rule.kind === kind) ?? { kind, above: null, active: false })

function stateOf({ active, above, kind }: ApprovalRule): string {
  if (!active) return t('ruleOff')
  if (kind !== 'journal' || above === null) return t('ruleEvery')
  return t('ruleAbove', { amount: `${figure(above.amount, locale)} ${above.currency}` })
}

/** As the reader writes it, to be changed. */
const writtenLimit = ({ above }: ApprovalRule): string =>
  above === null || isZero(above.amount) ? '' : figure(above.amount, locale)

type ChangeProps = { of: ApprovalRule; tag: string | null; onClose: () => void }

function ChangeRule({ of, tag, onClose }: ChangeProps) {
  const path = { ...useCompanyPath(), kind: of.kind }
  const { company } = useWorkplace()
  const change = useChange('replaceApprovalRule', { forgets: ['listApprovalRules', 'listApprovals'] })
  const [active, setActive] = useState(of.active)
  const [typed, setTyped] = useState(writtenLimit(of))
  const { baseCurrency } = company
  const places = isCurrencyCode(baseCurrency) ? currencyExponent(baseCurrency) : 2
  const asMoney = (amount: string) => ({ amount, currency: baseCurrency })
  const above = typed === '' ? undefined : typedDecimal(typed, { places, locale })
  return (
    <DialogForm
      title={t(`rule_${of.kind}`)}
      submit={t('save')}
      ready={typed === '' || above !== undefined}
      onClose={onClose}
      meanwhile={{
        mine: { state: stateOf({ kind: of.kind, active, above: above === undefined ? null : asMoney(above) }) },
        labels: { state: t(`rule_${of.kind}`) },
        reread: async () => {
          const { result, tag: newest } = await api.read('listApprovalRules', { path })
          const now = everyRule(result.rows).find(({ kind }) => kind === of.kind) ?? of
          return { values: { state: stateOf(now) }, tag: newest }
        },
      }}
      work={async (over) => {
        const limit = of.kind === 'journal' && active && above !== undefined ? { above } : {}
        const answer = await change.mutateAsync({ path, body: { active, ...limit }, ifMatch: over ?? tag ?? undefined })
        notifications.show({ message: 'requestedBy' in answer ? t('waitsForSecond') : t('saved') })
      }}
    >
      <Switch label={t('ruleActive')} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
      {of.kind === 'journal' && active && (
        <TextInput
          label={t('ruleLimit')}
          description={t('ruleLimitText', { currency: baseCurrency })}
          inputMode="decimal"
          w={240}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('ruleLoosening')}
      </Text>
    </DialogForm>
  )
}
