import { Button, Collapse, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChecks, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { useHotkeys } from '../../../../ui/hotkeys.tsx'
import { GoButton } from '../../../../ui/links.tsx'
import { Count, Money } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { Empty } from '../../../../ui/states.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import { BalancesTable } from './balances.tsx'
import { PreviewEntries } from './entries.tsx'
import classes from './import.module.css'
import { ImportProblem } from './problem.tsx'
import { ImportProgress } from './progress.tsx'
import { t } from './texts.ts'
import { decisionsOf, useMove } from './use-import.ts'
import { moment, numberOf } from './words.ts'

type Checked = NonNullable<Import['check']>

/** The second step: what the import would do, from a run that was taken back. */
export function CheckStep({ of, isCut }: { of: Import; isCut: boolean }) {
  const { state, check, problem } = of
  if (state === 'checking') return <Checking of={of} isCut={isCut} />
  return (
    <Stack gap="lg">
      {state !== 'done' && problem && <ImportProblem of={of} title={t('checkStopped')} />}
      {check === null ? <NotChecked of={of} /> : <Found of={of} check={check} />}
    </Stack>
  )
}

function Checking({ of, isCut }: { of: Import; isCut: boolean }) {
  const cancel = useMove('cancelImport', of.id)
  return (
    <ImportProgress of={of} title={t('checkingTitle')} isCut={isCut}>
      {of.actions.includes('cancel') && (
        <Button variant="default" loading={cancel.busy} onClick={() => void cancel.run().catch(() => {})}>
          {t('cancel')}
        </Button>
      )}
      {cancel.problem && <Problem error={cancel.problem} />}
    </ImportProgress>
  )
}

export function CheckButton({ of, label, primary = false }: { of: Import; label: string; primary?: boolean }) {
  const check = useMove('checkImport', of.id)
  const [, change] = useSearchState()
  if (!of.actions.includes('check')) return null
  const run = () =>
    void check
      .run()
      .then(() => change({ step: 'check' }))
      .catch(() => {})
  return (
    <>
      <Button variant={primary ? 'filled' : 'default'} loading={check.busy} onClick={run}>
        {label}
      </Button>
      {check.problem && <Problem error={check.problem} />}
    </>
  )
}

function NotChecked({ of }: { of: Import }) {
  const to = useAddress()
  const [, change] = useSearchState()
  if (!of.actions.includes('check'))
    return of.problem ? null : (
      <Text size="sm" c="dimmed">
        {t('oldImport')}
      </Text>
    )
  if (of.problem === null)
    return (
      <Empty
        icon={<IconChecks size={22} stroke={1.5} />}
        title={t('checkWaits')}
        text={t('checkWaitsText')}
        action={<CheckButton of={of} label={t('checkNow')} primary />}
      />
    )
  const asks = decisionsOf(of).length
  return (
    <Group gap="xs">
      {asks > 0 && <Button onClick={() => change({ step: 'map' })}>{t('decideAll', { count: asks })}</Button>}
      {of.problem.file !== undefined && <GoButton to={to('imports/new')}>{t('otherFiles')}</GoButton>}
      <CheckButton of={of} label={t('checkAgain')} primary={asks === 0 && of.problem.file === undefined} />
    </Group>
  )
}

function Found({ of, check }: { of: Import; check: Checked }) {
  const [, change] = useSearchState()
  const asks = check.decisions.length
  const isOpen = of.actions.includes('run')
  const next = () => change({ step: asks > 0 ? 'map' : 'run' })
  useHotkeys(isOpen ? [{ keys: 'mod+Enter', label: t('toRun'), group: t('title'), run: next }] : [])
  return (
    <Stack gap="lg">
      <Summary check={check} />
      <div className={classes.panels}>
        <section className={classes.panel} aria-label={t('firstDocuments')}>
          <h2 className={classes.heading}>{t('firstDocuments')}</h2>
          <PreviewEntries of={check.preview} />
        </section>
        <section className={classes.panel} aria-label={t('needDecision')}>
          <h2 className={classes.heading}>{t('needDecision')}</h2>
          <DecisionSummary of={check.decisions} isOpen={isOpen} />
        </section>
      </div>
      <Balances importId={of.id} />
      {isOpen && (
        <Group gap="xs">
          {asks > 0 ? (
            <>
              <Button onClick={next}>{t('decideAll', { count: asks })}</Button>
              <Button variant="default" onClick={() => change({ step: 'run' })}>
                {t('runAsItIs')}
              </Button>
            </>
          ) : (
            <Button onClick={next}>{t('toRun')}</Button>
          )}
          <CheckButton of={of} label={t('checkAgain')} />
        </Group>
      )}
      {isOpen && of.checkedAt && (
        <Text size="xs" c="dimmed">
          {t('checkedAt', { moment: moment(of.checkedAt) })}
        </Text>
      )}
    </Stack>
  )
}

/** What it would create, what is here already, and what it asks, in one line of figures. */
function Summary({ check }: { check: Checked }) {
  const { byKind, documents, payments, entries, links, lines, decisions } = check
  const kinds = Object.entries(byKind).filter(([, number]) => number > 0)
  const credits = links.linked + links.partly + links.unlinked + links.fromSeveral
  const withInvoice = credits - links.unlinked
  return (
    <dl className={classes.figures}>
      <div data-wide>
        <dt>{t('wouldCreate')}</dt>
        <dd>{kinds.length > 0 ? kinds.map(([kind, number]) => numberOf(kind, number)).join(', ') : t('nothingNew')}</dd>
      </div>
      <Figure name={t('entries')} of={entries} />
      {payments && payments.created > 0 && <Figure name={t('payments')} of={payments.created} />}
      <Figure name={t('alreadyHere')} of={documents.existing} />
      {documents.refused > 0 && <Figure name={t('refused')} of={documents.refused} look />}
      <Figure name={t('decisions')} of={decisions.length} look={decisions.length > 0} />
      {credits > 0 && (
        <div>
          <dt>{t('linked')}</dt>
          <dd>{t('ofAll', { some: withInvoice, all: credits })}</dd>
        </div>
      )}
      <Figure name={t('linesRead')} of={lines} />
    </dl>
  )
}

export const Figure = ({ name, of, look = false }: { name: string; of: number; look?: boolean }) => (
  <div data-look={look || undefined}>
    <dt>{name}</dt>
    <dd>
      <Count of={of} />
    </dd>
  </div>
)

function DecisionSummary({ of, isOpen }: { of: Checked['decisions']; isOpen: boolean }) {
  if (of.length === 0)
    return (
      <p className={classes.quiet}>
        {t('noDecision')}. {t('noDecisionText')}
      </p>
    )
  return (
    <ul className={classes.asks}>
      {of.slice(0, 12).map(({ kind, label, source, subject, count, amount, remedies }) => (
        <li key={`${kind} ${source} ${subject} ${amount?.currency}`}>
          <div className={classes.askHead}>
            <span className={classes.subject}>{subject}</span>
            <Money of={amount} withCurrency />
          </div>
          <div className={classes.askWords}>
            <span>
              {label} · {t('times', { count })}
            </span>
            {isOpen && (
              <span className={classes.ways}>
                {remedies
                  .filter(({ call }) => call !== null)
                  .map(({ code, label: way }) => (
                    <WayLink key={code} decision={`${kind} ${subject}`} remedy={code}>
                      {way}
                    </WayLink>
                  ))}
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Leads to the decision in the next step, with this way of deciding it chosen. */
function WayLink({ decision, remedy, children }: { decision: string; remedy: string; children: string }) {
  const [, change] = useSearchState()
  return (
    <button type="button" className={classes.way} onClick={() => change({ step: 'map', decision, remedy })}>
      {children}
    </button>
  )
}

function Balances({ importId }: { importId: string }) {
  const [opened, panel] = useDisclosure(false)
  return (
    <section aria-label={t('balances')}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={opened}
        leftSection={opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={panel.toggle}
      >
        {t('balances')}
      </Button>
      <Collapse expanded={opened} transitionDuration={0}>
        {opened && <BalancesTable importId={importId} />}
      </Collapse>
    </section>
  )
}
