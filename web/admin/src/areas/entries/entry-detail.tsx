import { Badge } from '@mantine/core'
import type { Entry } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { Detail, DetailLink, Facts, Section } from '../../../../ui/details.tsx'
import { entryText, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Day } from '../../../../ui/money.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { wordsOfRule } from '../../../../ui/words.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { EntryLines } from './entry-lines.tsx'
import { Reverse } from './reverse.tsx'
import { t } from './texts.ts'

/** One entry: what it was posted for, its lines, and why each is where it is. `id` may name a line after a point: '17.2'. */
export function EntryDetail({ id }: { id: string }) {
  const [entryId = '', lineNo] = id.split('.')
  const found = useRead('getEntry', { path: { ...useCompanyPath(), entryId } })
  return <Loaded of={found}>{(entry) => <Content of={entry} lineNo={lineNo} />}</Loaded>
}

function Content({ of, lineNo }: { of: Entry; lineNo: string | undefined }) {
  return (
    <Detail
      kind={`${wordsOfRule(of.rule)}${of.number === null ? ` · ${t('unsealed')}` : ''}`}
      title={of.number === null ? t('entry') : t('entryNumbered', { number: of.number })}
      badge={<State of={of} />}
      actions={<Reverse entry={of} />}
    >
      <Facts of={[...factsOf(of), ...causeOf(of)]} />
      <EntryLines of={of} lineNo={lineNo} />
      {of.sources.length > 0 && <Sources of={of.sources} />}
    </Detail>
  )
}

function State({ of: { reversedBy, closesYear } }: { of: Entry }) {
  if (reversedBy !== null)
    return (
      <Badge variant="light" color="yellow" size="sm">
        {t('reversedBadge')}
      </Badge>
    )
  return closesYear ? (
    <Badge variant="light" color="gray" size="sm">
      {t('closesYear')}
    </Badge>
  ) : null
}

const entryLink = (id: string | null) =>
  id && (
    <DetailLink key={id} kind="entry" id={id}>
      {t('anEntry', { id })}
    </DetailLink>
  )

const factsOf = (of: Entry) =>
  [
    [t('date'), <Day key="date" of={of.date} />],
    [t('effectiveOn'), of.effectiveOn === of.date ? null : <Day key="effective" of={of.effectiveOn} />],
    [t('text'), of.description === of.cause.name ? null : entryText(of, locale)],
    [t('writtenBy'), writer(of)],
    [t('postedAt'), writtenMoment(of.postedAt, locale)],
    [t('reverses'), entryLink(of.reverses)],
    [t('reversedBy'), entryLink(of.reversedBy)],
  ] as const

function writer({ writtenBy }: Entry): string {
  if (writtenBy === null) return ''
  const { name, key } = writtenBy
  return key === null ? name : t('byKey', { name, key })
}

const causeOf = ({ cause, reverses }: Entry) =>
  [
    [t('cause'), <Cause key="cause" of={cause} isReversal={reverses !== null} />],
    [t('reason'), cause.reason],
    [t('template'), cause.template],
    [t('recurring'), cause.recurring],
    [
      t('imported'),
      cause.import &&
        t('importedOn', { format: cause.import.format, moment: writtenMoment(cause.import.startedAt, locale) }),
    ],
  ] as const

function Cause({ of, isReversal }: { of: Entry['cause']; isReversal: boolean }) {
  if (of.paymentId !== null)
    return (
      <DetailLink kind="payment" id={of.paymentId}>
        {of.name}
      </DetailLink>
    )
  if (of.documentId !== null)
    return (
      <DetailLink kind="document" id={of.documentId}>
        {of.name}
      </DetailLink>
    )
  if (of.entryId !== null && !isReversal)
    return (
      <DetailLink kind="entry" id={of.entryId}>
        {of.name}
      </DetailLink>
    )
  return of.name
}

const Sources = ({ of }: { of: Entry['sources'] }) => (
  <Section title={t('readFrom')}>
    <Facts
      of={of.map(
        ({ document, file, firstRow, lastRow }) =>
          [
            document,
            firstRow === lastRow ? t('row', { file, row: firstRow }) : t('rows', { file, from: firstRow, to: lastRow }),
          ] as const,
      )}
    />
  </Section>
)
