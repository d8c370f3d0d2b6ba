import { Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { Go, GoButton } from '../../../../ui/links.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { BalancesTable } from './balances.tsx'
import { Figure } from './check-step.tsx'
import classes from './import.module.css'
import { t } from './texts.ts'
import { moment, numberOf } from './words.ts'

/** The fifth step: what came of it, each figure a way to what it counts. */
export function DoneStep({ of }: { of: Import }) {
  const { id, posted, result, finishedAt, requester } = of
  const to = useAddress()
  const { may } = useWorkplace()
  const setAside = result?.documents.refused ?? 0
  const kinds = Object.entries(posted.byKind).filter(([, number]) => number > 0)
  return (
    <Stack gap="xl">
      <div>
        <p className={classes.done} data-look={setAside > 0 || undefined}>
          {setAside > 0 ? (
            <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
          ) : (
            <IconCircleCheck size={20} stroke={1.6} aria-hidden />
          )}
          {setAside > 0 ? t('doneButText', { count: setAside }) : t('doneText')}
        </p>
        {finishedAt && (
          <Text size="xs" c="dimmed">
            {t('doneAt', { moment: moment(finishedAt), name: requester.name })}
          </Text>
        )}
      </div>
      <dl className={classes.figures}>
        <div data-wide>
          <dt>{t('created')}</dt>
          <dd>
            {kinds.length === 0
              ? t('nothingNew')
              : kinds.map(([kind, number], place) => (
                  <span key={kind}>
                    {place > 0 && ', '}
                    <Go className={classes.figureLink} to={to('documents', { import: id, kind })}>
                      {numberOf(kind, number)}
                    </Go>
                  </span>
                ))}
          </dd>
        </div>
        <Figure name={t('entries')} of={posted.entries} />
        {posted.payments > 0 && <Figure name={t('payments')} of={posted.payments} />}
        {result && <Figure name={t('alreadyHere')} of={result.documents.existing} />}
        {result && result.documents.refused > 0 && <Figure name={t('refused')} of={result.documents.refused} look />}
        <Figure name={t('exceptions')} of={posted.exceptions} look={posted.exceptions > 0} />
      </dl>
      <Group gap="xs">
        {posted.documents > 0 && may('sales.read') && (
          <GoButton to={to('documents', { import: id })}>{t('seeDocuments')}</GoButton>
        )}
        {posted.entries > 0 && may('journal.read') && (
          <GoButton variant="default" to={to('entries', { import: id })}>
            {t('seeEntries')}
          </GoButton>
        )}
        {(posted.exceptions > 0 || setAside > 0) && may('exceptions.read') && (
          <GoButton variant="default" to={to('inbox', posted.exceptions > 0 ? { import: id } : {})}>
            {t('seeExceptions')}
          </GoButton>
        )}
      </Group>
      {may('reports.read') && (
        <section aria-label={t('balances')}>
          <h2 className={classes.heading}>{t('balances')}</h2>
          <BalancesTable importId={id} />
        </section>
      )}
    </Stack>
  )
}
