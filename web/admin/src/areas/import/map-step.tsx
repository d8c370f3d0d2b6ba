import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useState } from 'react'
import type { Import, ImportDecision, Remedy } from '../../../../../clients/typescript/src/api.ts'
import type { Permission } from '../../../../../src/kernel/permissions.ts'
import { permissions } from '../../../../../src/kernel/permissions.ts'
import { api, useIntent } from '../../../../ui/api.ts'
import { keepDraft, readDraft } from '../../../../ui/drafts.ts'
import { Money } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty } from '../../../../ui/states.tsx'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { CheckButton } from './check-step.tsx'
import classes from './import.module.css'
import { bodyWith, type Said, startOf } from './remedy-body.ts'
import { RemedyInput } from './remedy-input.tsx'
import { t } from './texts.ts'
import { useFormats } from './use-formats.ts'
import { decisionsOf } from './use-import.ts'

const keyOf = ({ kind, subject }: ImportDecision): string => `${kind} ${subject}`
const placeOf = (decision: ImportDecision, place: number): string => `${keyOf(decision)} ${place}`

/** The third step: everything that the check asked, each with its ways to decide it. What is decided is done at once, and is checked together. */
export function MapStep({ of }: { of: Import }) {
  const decisions = decisionsOf(of)
  const draft = `import-decided-${of.id}-${of.checkedAt ?? ''}`
  const [decided, setDecided] = useState<Readonly<Record<string, string>>>(() => readDraft(draft) ?? {})
  const note = (key: string, label: string | undefined) => {
    const { [key]: _, ...others } = decided
    const next = label === undefined ? others : { ...others, [key]: label }
    setDecided(next)
    keepDraft(draft, next)
  }
  if (decisions.length === 0)
    return <Empty icon={<IconChecks size={22} stroke={1.5} />} title={t('mapNone')} text={t('mapNoneText')} />
  const number = Object.keys(decided).length
  const beyond = Object.entries(of.check?.decisionsBeyond ?? {})
  return (
    <Stack gap="md" maw={880}>
      <Text size="sm" c="dimmed">
        {t('mapText')}
      </Text>
      <ul className={classes.decisions}>
        {decisions.map((decision, place) => {
          const key = placeOf(decision, place)
          return <Decision key={key} of={decision} decided={decided[key]} note={(label) => note(key, label)} />
        })}
      </ul>
      {beyond.map(([kind, count]) => (
        <Text key={kind} size="sm">
          {t('beyond', { count, kind: decisions.find((one) => one.kind === kind)?.label ?? kind })}
        </Text>
      ))}
      <Group gap="xs" className={classes.foot}>
        <CheckButton
          of={of}
          primary={number > 0}
          label={number > 0 ? t('checkAgainAfter', { count: number }) : t('checkAgain')}
        />
      </Group>
    </Stack>
  )
}

type DecisionProps = {
  of: ImportDecision
  decided: string | undefined
  note(label: string | undefined): void
}

function Decision({ of, decided, note }: DecisionProps) {
  const [search] = useSearchState()
  const { nameOf } = useFormats()
  const isMeant = search.decision === keyOf(of)
  const { label, subject, source, message, count, amount, remedies } = of
  const wanted = isMeant ? remedies.find(({ code }) => code === search.remedy)?.code : undefined
  const [chosen, setChosen] = useState(wanted ?? '')
  const remedy = remedies.find(({ code }) => code === chosen)
  return (
    <li
      className={classes.decision}
      data-meant={isMeant || undefined}
      data-decided={decided !== undefined || undefined}
    >
      <div className={classes.askHead}>
        <h2 className={classes.subject}>{subject}</h2>
        <Money of={amount} withCurrency />
      </div>
      <div className={classes.askWords}>
        <span>
          {label} · {t('times', { count })} · {t('codeFrom', { source: nameOf(source) })}
        </span>
      </div>
      <p className={classes.message}>{message}</p>
      {decided === undefined ? (
        <>
          {remedies.length > 0 && (
            <SegmentedControl
              size="xs"
              aria-label={t('decide')}
              value={chosen}
              onChange={setChosen}
              data={remedies.map(({ code, label: way }) => ({ value: code, label: way }))}
              className={classes.choices}
            />
          )}
          {remedy && <RemedyForm key={remedy.code} of={remedy} onDone={() => note(remedy.label)} />}
        </>
      ) : (
        <Group gap="xs">
          <Text size="sm" className={classes.decidedWords}>
            {t('decided', { remedy: decided })}
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={() => note(undefined)}>
            {t('change')}
          </Button>
        </Group>
      )}
    </li>
  )
}

/** One way to decide: what it does, what it asks, and the button that does it. */
function RemedyForm({ of, onDone }: { of: Remedy; onDone(): void }) {
  const { call, inputs, description } = of
  const { may } = useWorkplace()
  const once = useIntent()
  const [said, setSaid] = useState<Said>(() => startOf(of))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  if (call === null)
    return (
      <p className={classes.message}>
        {description} {of.recheck ? '' : t('laterWords')}
      </p>
    )
  const needs = call.permission as Permission
  if (!may(needs))
    return (
      <Alert variant="light" color="yellow">
        {t('mayNot', { permission: permissions[needs] ?? needs })}
      </Alert>
    )
  const isWhole = inputs.every(({ name, required }) => !required || (said[name] ?? '') !== '')
  const apply = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const given = { method: call.method, path: call.path, body: bodyWith(call.body, said) }
      await once(given, (idempotencyKey) => api.follow({ ...given, idempotencyKey }))
      onDone()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={classes.remedy}
      onSubmit={(event) => {
        event.preventDefault()
        void apply()
      }}
    >
      <Text size="sm">{description}</Text>
      <Group gap="sm" align="flex-end">
        {inputs.map((input) => (
          <RemedyInput
            key={input.name}
            of={input}
            value={said[input.name]}
            onChange={(value) => setSaid((before) => ({ ...before, [input.name]: value }))}
          />
        ))}
        <Button type="submit" size="sm" disabled={!isWhole} loading={busy}>
          {t('apply')}
        </Button>
      </Group>
      {problem !== undefined && <Problem error={problem} />}
    </form>
  )
}
