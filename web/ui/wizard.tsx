import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchState } from './search.ts'
import { t } from './texts.ts'
import classes from './wizard.module.css'

export type WizardStep = {
  id: string
  label: string
  /** Whether one may go to it now. */
  open: boolean
  content: ReactNode
  /** The button that goes on; without one, the content has its own. */
  next?: { label: string; disabled?: boolean; loading?: boolean; run(): void | Promise<void> }
}

type WizardProps = {
  steps: readonly WizardStep[]
  label: string
  /** The step at which the work stands, for an address that says none; the last that is open without it. */
  at?: string
}

/** Steps after each other; the address says at which one is (`step`), so that a reload stays there. */
export function Wizard({ steps, label, at: standsAt }: WizardProps) {
  const [search, change] = useSearchState()
  const asked = search.step ?? standsAt
  const wanted = steps.findIndex(({ id, open }) => id === asked && open)
  const at =
    wanted < 0
      ? Math.max(
          0,
          steps.findLastIndex(({ open }) => open),
        )
      : wanted
  const step = steps[at]
  if (step === undefined) return null
  const go = (id: string | undefined) => id !== undefined && change({ step: id })
  return (
    <div>
      <nav aria-label={label}>
        <ol className={classes.steps}>
          {steps.map(({ id, label: name, open }, index) => (
            <li key={id} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
              <button type="button" disabled={!open} onClick={() => go(id)}>
                <span className={classes.number}>{index + 1}</span>
                {name}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <section aria-label={t('step', { number: at + 1, total: steps.length })}>{step.content}</section>
      <Group gap="xs" mt="lg">
        {at > 0 && steps[at - 1]?.open && (
          <Button variant="default" onClick={() => go(steps[at - 1]?.id)}>
            {t('back')}
          </Button>
        )}
        {step.next && (
          <Button disabled={step.next.disabled} loading={step.next.loading} onClick={() => void step.next?.run()}>
            {step.next.label}
          </Button>
        )}
      </Group>
    </div>
  )
}
