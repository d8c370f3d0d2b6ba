import { SimpleGrid, Stack, Title } from '@mantine/core'
import { useRead } from '../../../../ui/api.ts'
import { Go } from '../../../../ui/links.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath } from '../../../../ui/workplace.tsx'
import { groups } from './groups.ts'
import classes from './reports.module.css'
import { t } from './texts.ts'

/** Every report, by what it is about. */
export function ReportIndex() {
  const found = useRead('listReports', { path: useCompanyPath() })
  const to = useAddress()
  return (
    <Screen title={t('title')} subtitle={t('intro')} padded>
      <Loaded of={found}>
        {({ reports }) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing={32}>
            {groups.map(({ title, reports: names }) => (
              <Stack key={title} gap={2}>
                <Title order={2} size="h5" mb={4}>
                  {title}
                </Title>
                {names.map((name) => (
                  <Go key={name} to={to(`reports/${name}`)} className={classes.report}>
                    {reports.find((report) => report.name === name)?.title}
                  </Go>
                ))}
              </Stack>
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Screen>
  )
}
