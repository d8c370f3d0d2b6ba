import { Alert, Button, Group, Table, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import classes from './conflict.module.css'
import { t } from './texts.ts'

/** How the values of some fields are said to people, where they are not as they stand: '4' as 'April'. */
export type Words = Readonly<Record<string, (value: unknown) => string>>

type ConflictProps = {
  mine: Readonly<Record<string, unknown>>
  now: Readonly<Record<string, unknown>>
  labels: Readonly<Record<string, string>>
  words?: Words
  takeTheirs(): void
  keepMine(): void
}

const said = (value: unknown): string => (value === null || value === undefined || value === '' ? '–' : String(value))

/** Two people changed the same thing: both versions, field by field, and a choice. */
export function Conflict({ mine, now, labels, words = {}, takeTheirs, keepMine }: ConflictProps) {
  const textOf = (name: string, value: unknown): string => (words[name] ?? said)(value)
  const differing = Object.keys(now).filter((name) => textOf(name, mine[name]) !== textOf(name, now[name]))
  return (
    <Alert variant="light" color="yellow" icon={<IconGitMerge size={18} />} title={t('conflictTitle')} role="alert">
      <Text size="sm">{t('conflictText')}</Text>
      <Table mt="xs" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('conflictField')}</Table.Th>
            <Table.Th>{t('conflictMine')}</Table.Th>
            <Table.Th>{t('conflictNow')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differing.map((name) => (
            <Table.Tr key={name}>
              <Table.Td>{labels[name] ?? name}</Table.Td>
              <Table.Td className={classes.version}>{textOf(name, mine[name])}</Table.Td>
              <Table.Td className={classes.version}>{textOf(name, now[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap="xs" mt="sm">
        <Button size="xs" onClick={keepMine}>
          {t('conflictKeep')}
        </Button>
        <Button size="xs" variant="default" onClick={takeTheirs}>
          {t('conflictTake')}
        </Button>
      </Group>
    </Alert>
  )
}
