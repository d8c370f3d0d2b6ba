import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { Facts } from '../../../../ui/details.tsx'
import { t } from './texts.ts'

/** What stopped a check or a run: where in which file, what stood there, what was expected, and what to do. */
export function ImportProblem({ of, title }: { of: Import; title: string }) {
  const { problem, message } = of
  if (problem === null && message === '') return null
  const { file, line, column, found, expected, detail, remedy, title: what } = problem ?? {}
  return (
    <Alert variant="light" color="red" icon={<IconAlertTriangle size={18} />} title={what ?? title} role="alert">
      <Stack gap={8}>
        {file !== undefined && <Text fw={600}>{placeOf({ file, line, column })}</Text>}
        {found === undefined && expected === undefined ? (
          <Text size="sm">{detail ?? message}</Text>
        ) : (
          <Facts
            of={[
              [t('found'), found],
              [t('expected'), expected?.replace(/^expected /, '')],
            ]}
          />
        )}
        {remedy && <Text size="sm">{remedy}</Text>}
        {file !== undefined && <Text size="sm">{t('mendFile')}</Text>}
      </Stack>
    </Alert>
  )
}

type Place = { file: string; line: number | undefined; column: number | undefined }

function placeOf({ file, line, column }: Place): string {
  if (line === undefined) return t('stoppedIn', { file })
  return column === undefined ? t('stoppedAt', { file, line }) : t('stoppedAtColumn', { file, line, column })
}
