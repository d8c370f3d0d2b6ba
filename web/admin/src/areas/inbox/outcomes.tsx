import { Alert, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { Problem } from '../../../../ui/problem.tsx'
import { t } from './texts.ts'
import type { Does, Outcome } from './use-doing.ts'

const MOST_SHOWN = 8

/** Whether all that was asked is done; nothing that was declined as a whole is. */
export const isAllDone = (outcomes: readonly Outcome[]): boolean =>
  outcomes.length > 0 && outcomes.every(({ done }) => done)

/** What became of exceptions, where not all of it is done: what is done needs no words where one sees it. */
export const NotDone = ({ of }: { of: Does }) =>
  of.problem !== undefined || of.outcomes.some(({ done }) => !done) ? <Outcomes of={of} /> : null

/** What became of exceptions: how many are done, what moved, and why the others are still open. */
export function Outcomes({ of: { outcomes, problem } }: { of: Does }) {
  if (problem !== undefined) return <Problem error={problem} />
  if (outcomes.length === 0) return null
  const done = outcomes.filter((one) => one.done)
  const sent = outcomes.filter(({ approvalId }) => approvalId !== null)
  const open = outcomes.filter((one) => !one.done && one.approvalId === null)
  const moved = outcomes.reduce((sum, one) => sum + one.moved, 0)
  const reasons = [...new Set(open.map(({ words }) => words))].slice(0, MOST_SHOWN)
  return (
    <Alert
      variant="light"
      role="status"
      color={open.length + sent.length > 0 ? 'yellow' : 'green'}
      icon={open.length + sent.length > 0 ? <IconAlertTriangle size={18} /> : <IconCheck size={18} />}
      title={t('result')}
    >
      <Text size="sm">
        {[
          done.length > 0 && t('done', { count: done.length }),
          moved > 0 && t('moved', { count: moved }),
          sent.length > 0 && t('sentOn', { count: sent.length }),
          open.length > 0 && t('stillOpen', { count: open.length }),
        ]
          .filter(Boolean)
          .join(' ')}
      </Text>
      {reasons.length > 0 && (
        <List size="sm" mt={4}>
          {reasons.map((words) => (
            <List.Item key={words}>{words}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
