import { Badge, Button, FileButton, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { JournalDetail as Journal } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, DetailLink, EditButton, Facts, Section } from '../../../../ui/details.tsx'
import { isNegative, negated } from '../../../../ui/exact.ts'
import { figure, withWrittenDays } from '../../../../ui/figures.ts'
import { useFileDrop } from '../../../../ui/file-drop.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useAddress, useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './journal.module.css'
import { attach, useDiscardDrafts, usePostDrafts } from './saving.ts'
import { t } from './texts.ts'
import { useTyped } from './typing.ts'

/** One entry by hand: a draft with what can be done about it, or posted with its entry. */
export function JournalDetail({ id }: { id: string }) {
  const found = useRead('getJournal', { path: { ...useCompanyPath(), journalId: id } })
  return <Loaded of={found}>{(journal) => <Content of={journal} />}</Loaded>
}

const colours = { draft: 'yellow', posted: 'green', discarded: 'gray' } as const

const State = ({ of: { state } }: { of: Journal }) => (
  <Badge variant="light" size="sm" color={colours[state]}>
    {state === 'posted' ? t('stateposted') : t(state)}
  </Badge>
)

function Content({ of }: { of: Journal }) {
  const { may } = useWorkplace()
  const isDraft = of.state === 'draft'
  return (
    <Detail
      kind={t('journal')}
      title={of.description || t('nameless', { reference: of.reference })}
      badge={<State of={of} />}
      actions={isDraft && may('journal.post') && <DraftActions of={of} />}
    >
      <Facts
        of={[
          [t('day'), <Day key="day" of={of.date} />],
          [t('reversesOn'), of.reversesOn && <Day key="reverses" of={of.reversesOn} />],
          [t('reference'), of.reference],
          [t('documentReference'), of.documentReference],
          [t('reason'), of.reason],
          [t('template'), of.template],
          [t('recurring'), of.recurring],
          [t('writtenBy'), of.writtenByName],
          [t('writtenAt'), <Day key="written" of={of.writtenAt} />],
          [t('postedBy'), of.postedByName],
          [t('entryOf'), of.entryId && <Entry key="entry" id={of.entryId} />],
          [t('reversal'), of.reversalId && <Entry key="reversal" id={of.reversalId} />],
        ]}
      />
      {isDraft && <Lines of={of} />}
      <Attachments of={of} />
    </Detail>
  )
}

const Entry = ({ id }: { id: string }) => (
  <DetailLink kind="entry" id={id}>
    {t('open')}
  </DetailLink>
)

function DraftActions({ of: { id, reference } }: { of: Journal }) {
  const to = useAddress()
  const post = usePostDrafts()
  const discard = useDiscardDrafts()
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const trying = async (act: () => Promise<string>) => {
    setProblem(undefined)
    try {
      notifications.show({ message: await act() })
    } catch (error) {
      setProblem(error)
    }
    setAsking(false)
  }
  const posting = async () => {
    const outcome = await post([reference])
    return outcome.kind === 'waits'
      ? t('waits', { summary: withWrittenDays(outcome.request.summary, locale) })
      : t('postedNow', { count: 1 })
  }
  const discarding = async () => {
    await discard([reference])
    return t('discardedNow', { count: 1 })
  }
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button size="xs" onClick={() => void trying(posting)}>
          {t('post')}
        </Button>
        <EditButton to={to(`journal/${id}/edit`)} />
        <Button size="xs" variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t('discard')}
        </Button>
      </Group>
      {problem !== undefined && <Problem error={problem} />}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('discardQuestion', { reference })}
        size="sm"
        withCloseButton={false}
      >
        <Text size="sm">{t('discardText')}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="subtle" color="red" onClick={() => void trying(discarding)}>
            {t('discard')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('keep')}
          </Button>
        </Group>
      </Modal>
    </Stack>
  )
}

function Lines({ of: { lines } }: { of: Journal }) {
  const how = useTyped()
  const { company } = useWorkplace()
  const columns = [
    { id: 'account', header: t('account') },
    { id: 'debit', header: t('debit'), right: true },
    { id: 'credit', header: t('credit'), right: true },
  ]
  const rows = lines.map(({ account, role, amount, customer, supplier, taxCode, taxBase }, at): ReportRow => {
    const credit = isNegative(amount)
    const money = { money: { amount: credit ? negated(amount) : amount, currency: company.baseCurrency } }
    const name = account === undefined ? t('byMapping', { role: role ?? '' }) : how?.accounts.get(account)?.name
    const party = customer ?? supplier
    const tax = taxBase === undefined ? taxCode : t('taxOn', { code: taxCode ?? '', base: figure(taxBase, locale) })
    const words = [account, name, party && `· ${party}`, tax && `· ${tax}`].filter(Boolean).join(' ')
    return { key: String(at), cells: { account: words, [credit ? 'credit' : 'debit']: money } }
  })
  return (
    <Section title={t('lines')}>
      <ReportTable label={t('lines')} columns={columns} rows={rows} />
    </Section>
  )
}

function Attachments({ of: { reference, state } }: { of: Journal }) {
  const path = useCompanyPath()
  const { may } = useWorkplace()
  const client = useQueryClient()
  const [problem, setProblem] = useState<unknown>()
  const found = useRead('listAttachments', { path, query: { subject: 'journal', of: reference } })
  const add = async (files: readonly File[]) => {
    setProblem(undefined)
    for (const file of files) {
      try {
        await attach(path.companyId, reference, file)
        notifications.show({ message: t('attached', { name: file.name }) })
      } catch (error) {
        setProblem(error)
      }
    }
    await client.invalidateQueries({ queryKey: ['listAttachments'] })
  }
  const mayAdd = state !== 'discarded' && may('journal.post')
  const drop = useFileDrop(add)
  return (
    <div className={classes.sheet} {...(mayAdd ? drop : {})}>
      <Section
        title={t('files')}
        aside={
          mayAdd && (
            <FileButton onChange={(file) => void add(file === null ? [] : [file])}>
              {(props) => (
                <Button {...props} size="compact-xs" variant="subtle">
                  {t('attach')}
                </Button>
              )}
            </FileButton>
          )
        }
      >
        {problem !== undefined && <Problem error={problem} />}
        <Loaded of={found} rows={1}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('nothingAttached')}
              </Text>
            ) : (
              <Stack gap={4}>
                {rows.map(({ id, name, addedByName, addedAt }) => (
                  <Text key={id} size="sm">
                    <a href={`/api/v1/companies/${path.companyId}/attachments/${id}/content`}>{name}</a>{' '}
                    <Text span c="dimmed" size="xs">
                      {addedByName} · <Day of={addedAt} />
                    </Text>
                  </Text>
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Section>
    </div>
  )
}
