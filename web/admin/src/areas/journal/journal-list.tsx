import { Button, Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ListedJournal } from '../../../../../clients/typescript/src/api.ts'
import { withWrittenDays } from '../../../../ui/figures.ts'
import { GoButton } from '../../../../ui/links.tsx'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { noteProblem } from '../../../../ui/problem.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { useDiscardDrafts, usePostDrafts } from './saving.ts'
import { Sections, usePart } from './sections.tsx'
import { t } from './texts.ts'

const states = ['draft', 'posted', 'discarded'] as const

const stateOf = ({ state }: ListedJournal): string => (state === 'posted' ? t('stateposted') : t(state))

const columns: Column<ListedJournal>[] = [
  {
    id: 'description',
    header: t('description'),
    cell: (row) => row.description || t('nameless', { reference: row.reference }),
    text: (row) => row.description,
  },
  { id: 'date', header: t('day'), cell: (row) => <Day of={row.date} />, text: (row) => row.date },
  { id: 'state', header: t('state'), cell: stateOf, text: stateOf },
  { id: 'reference', header: t('reference'), cell: (row) => row.reference, text: (row) => row.reference, wide: true },
  {
    id: 'reversesOn',
    header: t('reversesOn'),
    cell: (row) => <Day of={row.reversesOn} />,
    text: (row) => row.reversesOn ?? '',
    wide: true,
  },
  {
    id: 'writtenBy',
    header: t('writtenBy'),
    cell: (row) => row.writtenByName,
    text: (row) => row.writtenByName,
    wide: true,
  },
  {
    id: 'writtenAt',
    header: t('writtenAt'),
    cell: (row) => <Day of={row.writtenAt} />,
    text: (row) => row.writtenAt,
    sort: { ascending: 'writtenAt', descending: '-writtenAt' },
    wide: true,
  },
  { id: 'reason', header: t('reason'), cell: (row) => row.reason, text: (row) => row.reason, optional: true },
  {
    id: 'template',
    header: t('template'),
    cell: (row) => row.template,
    text: (row) => row.template ?? '',
    optional: true,
  },
  {
    id: 'recurring',
    header: t('recurring'),
    cell: (row) => row.recurring,
    text: (row) => row.recurring ?? '',
    optional: true,
  },
]

const filters: Filter[] = [
  {
    name: 'state',
    label: t('state'),
    kind: 'choice',
    options: states.map((value) => ({ value, label: value === 'posted' ? t('stateposted') : t(value) })),
  },
]

/** What was written by hand: drafts, and what is posted. */
export function JournalList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const part = usePart()
  const mayPost = may('journal.post')
  const { bulk, question } = useBulk(mayPost && part === 'drafts')
  const add = mayPost && (
    <GoButton size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} to={to('journal/new')}>
      {t('new')}
    </GoButton>
  )
  return (
    <>
      <ListPage
        name="journals"
        title={t(part)}
        operation="listJournals"
        query={{ sort: '-writtenAt' }}
        columns={columns}
        filters={filters}
        keyOf={(row) => row.id}
        nameOf={(row) => row.reference}
        opens={(row) => ({ kind: 'journal', id: row.id })}
        bulk={bulk}
        views={<Sections at={part} />}
        actions={add}
        empty={
          part === 'drafts'
            ? { title: t('draftsEmpty'), text: t('draftsEmptyText'), action: add }
            : { title: t('empty'), text: t('emptyText'), action: add }
        }
      />
      {question}
    </>
  )
}

type Rows = readonly ListedJournal[]

/** What can be done with several drafts at once, and the question before they are discarded. */
function useBulk(offered: boolean) {
  const post = usePostDrafts()
  const discard = useDiscardDrafts()
  const [asked, setAsked] = useState<{ rows: Rows; answer(does: boolean): void }>()
  const telling = async (act: () => Promise<string>) => {
    try {
      notifications.show({ message: await act() })
    } catch (error) {
      noteProblem(error)
    }
  }
  const references = (rows: Rows) => rows.map(({ reference }) => reference)
  const posting = (rows: Rows) =>
    telling(async () => {
      const outcome = await post(references(rows))
      return outcome.kind === 'waits'
        ? t('waits', { summary: withWrittenDays(outcome.request.summary, locale) })
        : t('postedNow', { count: rows.length })
    })
  const discarding = async (rows: Rows) => {
    const does = await new Promise<boolean>((answer) => setAsked({ rows, answer }))
    setAsked(undefined)
    if (!does) return false
    return await telling(async () => {
      await discard(references(rows))
      return t('discardedNow', { count: rows.length })
    })
  }
  const bulk = [
    { id: 'post', label: t('post'), run: posting },
    { id: 'discard', label: t('discard'), danger: true, run: discarding },
  ]
  return { bulk: offered ? bulk : [], question: <Question count={asked?.rows.length} answer={asked?.answer} /> }
}

function Question({ count, answer }: { count: number | undefined; answer: ((does: boolean) => void) | undefined }) {
  return (
    <Modal
      opened={answer !== undefined}
      onClose={() => answer?.(false)}
      title={t('discardMany', { count: count ?? 0 })}
      size="sm"
      withCloseButton={false}
    >
      <Text size="sm">{count === 1 ? t('discardText') : t('discardManyText')}</Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="subtle" color="red" onClick={() => answer?.(true)}>
          {t('discard')}
        </Button>
        <Button data-autofocus onClick={() => answer?.(false)}>
          {count === 1 ? t('keep') : t('keepMany')}
        </Button>
      </Group>
    </Modal>
  )
}
