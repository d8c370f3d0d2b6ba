import { Button, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Proof } from '../../../../../clients/typescript/src/api.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { ago, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Count } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { BrokenRows } from './broken-rows.tsx'
import { wordsOfCheck } from './checks.ts'
import classes from './proof.module.css'
import { t } from './texts.ts'

type Check = Proof['checks'][number]

/** What broke first, then what holds, then what had nothing to compare. */
const order: readonly Check['result'][] = ['broken', 'held', 'not-applicable']

/** The state of every check: when it ran, what it compared, and the rows of any that is broken. Runs them again. */
export function ChecksScreen() {
  const path = useCompanyPath()
  const found = useRead('listChecks', { path })
  const prove = useChange('createChecks', { forgets: ['listChecks', 'listHome'], keyed: false })
  return (
    <Screen
      title={t('title')}
      actions={
        <Button
          size="xs"
          leftSection={<IconShieldCheck size={15} stroke={1.7} />}
          loading={prove.isPending}
          onClick={() => prove.mutate({ path, body: {} })}
        >
          {t('again')}
        </Button>
      }
      padded
    >
      <p className={classes.running} role="status">
        {prove.isPending ? t('running') : t('text')}
      </p>
      {prove.error && <Problem error={prove.error} retry={() => prove.mutate({ path, body: {} })} />}
      <Loaded of={found} rows={14}>
        {(proof) => <Checks of={proof} />}
      </Loaded>
    </Screen>
  )
}

function Checks({ of: { ok, ranAt, checks } }: { of: Proof }) {
  const having = (result: Check['result']) => checks.filter((check) => check.result === result)
  const [broken, held, nothing] = order.map((result) => having(result).length)
  return (
    <>
      <div className={classes.verdict} data-ok={ok || undefined}>
        {ok ? (
          <IconShieldCheck size={20} stroke={1.7} aria-hidden />
        ) : (
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden />
        )}
        <div>
          <h2 className={classes.verdictTitle}>{ok ? t('proven') : t('broken', { count: broken ?? 0 })}</h2>
          <p className={classes.verdictText}>
            {[
              t('ranAt', { ago: ago(ranAt, locale), moment: writtenMoment(ranAt, locale) }),
              t('held', { count: held ?? 0 }),
              ...(nothing ? [t('nothing', { count: nothing })] : []),
            ].join(' · ')}
          </p>
        </div>
      </div>
      <table className={classes.checks} aria-label={t('title')}>
        <thead>
          <tr>
            <th>{t('check')}</th>
            <th>{t('state')}</th>
            <th data-right>{t('compared')}</th>
          </tr>
        </thead>
        <tbody>
          {order.flatMap(having).map((check) => (
            <Row key={check.name} of={check} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function Row({ of: { name, result, compared, rows } }: { of: Check }) {
  const { title, compares } = wordsOfCheck(name)
  const [isOpen, setOpen] = useState(result === 'broken')
  return (
    <tr data-result={result}>
      <td>
        <p className={classes.name}>{title}</p>
        <p className={classes.compares}>{compares}</p>
        {rows.length > 0 && (
          <UnstyledButton className={classes.show} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t('hideRows') : t('showRows', { count: rows.length })}
          </UnstyledButton>
        )}
        {isOpen && rows.length > 0 && (
          <BrokenRows of={rows} title={t(result === 'broken' ? 'whatBreaks' : 'worthALook')} />
        )}
      </td>
      <td>
        <State of={result} />
      </td>
      <td data-right>{compared > 0 && <Count of={compared} />}</td>
    </tr>
  )
}

const states = {
  held: { icon: IconCheck, words: 'holds' },
  broken: { icon: IconAlertTriangle, words: 'isBroken' },
  'not-applicable': { icon: IconMinus, words: 'notApplicable' },
} as const

function State({ of }: { of: Check['result'] }) {
  const { icon: Icon, words } = states[of]
  return (
    <span className={classes.state} data-result={of}>
      <Icon size={14} stroke={2} aria-hidden />
      {t(words)}
    </span>
  )
}
