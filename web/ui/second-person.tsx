import { Alert, Text } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { DetailLink } from './details.tsx'
import { withWrittenDays } from './figures.ts'
import { locale } from './locale.ts'
import { t } from './texts.ts'
import { useWorkplace } from './workplace.tsx'

/** That what was asked waits for somebody else, with the way to the request. Nothing of it is done yet. */
export function SentToSecondPerson({ id, summary }: { id: string; summary?: string }) {
  const { may } = useWorkplace()
  return (
    <Alert variant="light" color="yellow" role="status" icon={<IconUserCheck size={18} />} title={t('sentOn')}>
      {summary !== undefined && <Text size="sm">{withWrittenDays(summary, locale)}</Text>}
      <Text size="sm">
        {t('sentOnText')}{' '}
        {may('approvals.read') && (
          <DetailLink kind="approval" id={id}>
            {t('sentOnLink')}
          </DetailLink>
        )}
      </Text>
    </Alert>
  )
}
