import { Badge, Button, Group, Select, Table, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Exception, ExceptionWithNotes } from '../../../../../clients/typescript/src/api.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { today } from '../../../../ui/days.ts'
import { Detail, DetailLink, Facts, Section } from '../../../../ui/details.tsx'
import { dropDraft, keepDraft, readDraft } from '../../../../ui/drafts.ts'
import { EntrySummaries } from '../../../../ui/entry-summaries.tsx'
import { withWrittenDays, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Money, Quantity } from '../../../../ui/money.tsx'
import { SentToSecondPerson } from '../../../../ui/second-person.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { wordsOfException } from '../../../../ui/words.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { type Asking, Dialogs } from './dialogs.tsx'
import { Due } from './exception-list.tsx'
import classes from './inbox.module.css'
import { waits, wordsOf } from './kinds.ts'
import { type Draft, emptyDraft, sentText } from './mentions.ts'
import { NoteField } from './note-field.tsx'
import { isAllDone, NotDone } from './outcomes.tsx'
import { RemedyForm } from './remedy-form.tsx'
import { sourceWords } from './source-words.ts'
import { t } from './texts.ts'
import { MOST_ALIKE, useAlike } from './use-alike.ts'
import { type Does, useDoing } from './use-doing.ts'

/** One exception: what is wrong, what it is about, its remedy in place, what that posted, and all that happened. */
export function ExceptionDetail({ id }: { id: string }) {
  const found = useRead('getException', { path: { ...useCompanyPath(), exceptionId: id } }, { fresh: true })
  return <Loaded of={found}>{(exception) => <Content of={exception} />}</Loaded>
}

/** Whoever opens what names them has seen it. */
function useSeen({ id, notes }: ExceptionWithNotes): void {
  const { me } = useWorkplace()
  const path = useCompanyPath()
  const { mutate } = useChange('createExceptionsSeen', { forgets: ['listExceptionsCounts'] })
  const isNamed = notes.some(({ parts }) => parts.some(({ userId }) => userId === me.id))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each exception that is opened
  useEffect(() => {
    if (isNamed) mutate({ path, body: { requests: [{ id }] } })
  }, [id, isNamed])
}

function Content({ of }: { of: ExceptionWithNotes }) {
  const { may, company } = useWorkplace()
  useSeen(of)
  const [asking, setAsking] = useState<Asking>()
  const doing = useDoing()
  const ask = (what: Asking['what']) => setAsking({ what, exceptions: [of], done: () => setAsking(undefined) })
  const isWaiting = waits(of)
  const isSent = isWaiting && of.approvalId !== null
  const mayChange = may('exceptions.write')
  const actions = <Actions of={of} doing={doing} ask={ask} />
  return (
    <Detail
      kind={wordsOfException(of.kind)}
      title={wordsOf(of)}
      badge={<State of={of} />}
      actions={mayChange && actions}
    >
      <p className={classes.message}>{of.message}</p>
      <Facts
        of={[
          [t('amount'), <Money key="amount" of={of.amount} withCurrency strong />],
          [t('due'), <Due key="due" of={of} today={today(company.timeZone)} />],
          [t('owner'), of.ownerEmail === null ? `${of.owner} (${t('nobody')})` : of.owner],
          [t('source'), of.source],
          [t('closedBy'), of.closedAt && writtenMoment(of.closedAt, locale)],
          [t('reason'), of.resolution],
        ]}
      />
      <NotDone of={doing} />
      {isSent && of.approvalId !== null && <SentToSecondPerson id={of.approvalId} />}
      {isWaiting && !isSent && (mayChange ? <Remedy of={of} /> : <Text size="sm">{t('mayNot')}</Text>)}
      {of.entries && of.entries.length > 0 && (
        <Section title={t('entries')}>
          <EntrySummaries of={of.entries} none="" />
        </Section>
      )}
      {of.rows.length > 0 && <Rows of={of} />}
      <History of={of} />
      {asking && <Dialogs asking={asking} onClose={() => setAsking(undefined)} />}
    </Detail>
  )
}

type ActionsProps = { of: ExceptionWithNotes; doing: Does; ask(what: Asking['what']): void }

function Actions({ of, doing, ask }: ActionsProps) {
  return waits(of) ? (
    <>
      {of.state === 'open' && (
        <Button
          size="xs"
          variant="default"
          loading={doing.busy}
          onClick={() => void doing.run('createExceptionsWork', [of], ({ id }) => ({ id, from: 'open' }))}
        >
          {t('takeOn')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => ask('assign')}>
        {t('assign')}
      </Button>
      <Button size="xs" variant="default" onClick={() => ask('changeDue')}>
        {t('changeDue')}
      </Button>
      {of.approvalId === null && (
        <>
          <Button size="xs" variant="default" onClick={() => ask('rerun')}>
            {t('rerun')}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => ask('dismiss')}>
            {t('dismiss')}
          </Button>
        </>
      )}
    </>
  ) : (
    <Button size="xs" variant="default" onClick={() => ask('reopen')}>
      {t('reopen')}
    </Button>
  )
}

function State({ of }: { of: Exception }) {
  const colours = { open: 'yellow', in_progress: 'yellow', resolved: 'green', dismissed: 'gray' } as const
  return (
    <Group gap={6}>
      <Badge variant="light" color={colours[of.state]} size="sm">
        {t(of.state)}
      </Badge>
      {of.approvalId !== null && waits(of) && (
        <Badge variant="light" color="blue" size="sm">
          {t('waitsForSecond')}
        </Badge>
      )}
      {of.escalations > 0 && (
        <Badge variant="light" color="red" size="sm">
          {t('escalated', { count: of.escalations })}
        </Badge>
      )}
    </Group>
  )
}

/** The remedy where one sees what is wrong: for this one, or for all of its kind. */
function Remedy({ of }: { of: ExceptionWithNotes }) {
  const [forAll, setForAll] = useState(false)
  const all = useAlike(of, of.alike > 0 && forAll)
  return (
    <Section title={t('remedy')}>
      <div className={classes.remedy}>
        {of.alike > 0 && (
          <Select
            label={t('applyTo')}
            mb="sm"
            allowDeselect={false}
            data={[
              { value: 'one', label: t('onlyThis') },
              { value: 'all', label: t('allAlike', { count: Math.min(of.alike, MOST_ALIKE) }) },
            ]}
            value={forAll ? 'all' : 'one'}
            onChange={(value) => setForAll(value === 'all')}
          />
        )}
        {forAll ? (
          <Loaded of={all} rows={2}>
            {(exceptions) => <RemedyForm of={exceptions} />}
          </Loaded>
        ) : (
          <RemedyForm of={[of]} />
        )}
      </div>
    </Section>
  )
}

const Rows = ({ of: { rows, rowCount } }: { of: ExceptionWithNotes }) => (
  <Section title={t('rows')}>
    <Table.ScrollContainer minWidth={380}>
      <Table verticalSpacing={6} horizontalSpacing={8}>
        <Table.Tbody>
          {rows.map(({ document, file, line, words, quantity, amount }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a source have no name and do not move
            <Table.Tr key={place}>
              <Table.Td>
                {document && (
                  <DetailLink kind="document" id={document.id}>
                    {document.number}
                  </DetailLink>
                )}
                <Words of={words} />
                {file && line && <div className={classes.quiet}>{t('lineOf', { file, line })}</div>}
              </Table.Td>
              <Table.Td ta="right">
                <Quantity of={quantity} />
              </Table.Td>
              <Table.Td ta="right">
                <Money of={amount} withCurrency />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
    {rowCount > rows.length && (
      <Text size="xs" c="dimmed" mt={4}>
        {t('rowsMore', { shown: rows.length, count: rowCount })}
      </Text>
    )}
  </Section>
)

function Words({ of }: { of: string }) {
  const { text, fields } = sourceWords(of)
  return (
    <>
      <div>{text}</div>
      {fields.length > 0 && (
        <dl className={classes.fields}>
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

const noteKinds = [
  'note',
  'assigned',
  'taken_on',
  'resolved',
  'dismissed',
  'reopened',
  'escalated',
  'rerun',
  'due_changed',
] as const
const said = (kind: string): string => {
  const known = noteKinds.find((one) => one === kind)
  return known === undefined ? kind : t(`note_${known}`)
}

function History({ of }: { of: ExceptionWithNotes }) {
  const { may, me } = useWorkplace()
  return (
    <Section title={t('history')}>
      <ul className={classes.history}>
        <li>
          <span className={classes.quiet}>
            {writtenMoment(of.openedAt, locale)} · {t('raised')}
          </span>
        </li>
        {of.notes.map(({ kind, authorName, writtenAt, parts }) => (
          <li key={`${writtenAt} ${kind}`}>
            <span className={classes.quiet}>
              {writtenMoment(writtenAt, locale)} · {authorName} {said(kind)}
            </span>
            <p className={classes.body}>
              {parts.map(({ text, userId }, place) =>
                userId === null ? (
                  kind === 'due_changed' ? (
                    withWrittenDays(text, locale)
                  ) : (
                    text
                  )
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the words of a note do not move
                  <b key={place} className={classes.mention} data-me={userId === me.id || undefined}>
                    {text}
                  </b>
                ),
              )}
            </p>
          </li>
        ))}
      </ul>
      {may('exceptions.write') && <NewNote of={of} />}
    </Section>
  )
}

function NewNote({ of }: { of: Exception }) {
  const doing = useDoing()
  const name = `note.${of.id}`
  const [draft, setDraft] = useState(() => readDraft<Draft>(name) ?? emptyDraft)
  const write = (next: Draft) => {
    setDraft(next)
    if (next.text === '') dropDraft(name)
    else keepDraft(name, next)
  }
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault()
        const outcomes = await doing.run('createExceptionsNotes', [of], ({ id }) => ({ id, text: sentText(draft) }))
        if (isAllDone(outcomes)) write(emptyDraft)
      }}
    >
      <NoteField value={draft} onChange={write} />
      <NotDone of={doing} />
      <Button
        type="submit"
        size="xs"
        variant="default"
        mt="xs"
        disabled={draft.text.trim() === ''}
        loading={doing.busy}
      >
        {t('writeNote')}
      </Button>
    </form>
  )
}
