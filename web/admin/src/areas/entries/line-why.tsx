import { Fragment, type ReactNode } from 'react'
import type { Entry } from '../../../../../clients/typescript/src/api.ts'
import { DetailLink } from '../../../../ui/details.tsx'
import { figure, writtenDay, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { wordsOfRole } from '../../../../ui/words.ts'
import classes from './entries.module.css'
import { t } from './texts.ts'

type Line = Entry['lines'][number]

/** What a line is about: customer, item, document, tax, and where it was read. */
export function About({ of }: { of: Line }) {
  const parts = partsOf(of)
  if (parts.length === 0) return null
  return (
    <p className={classes.about}>
      {parts.map(([key, part], index) => (
        <Fragment key={key}>
          {index > 0 && ' · '}
          {part}
        </Fragment>
      ))}
    </p>
  )
}

const named = (name: string | null, code: string | null): string => name || code || ''

function partsOf(line: Line): [key: string, part: ReactNode][] {
  const { partyId, partyName, party, documentId, document, documentLineNo, item, itemName, account } = line
  // What we owe is owed to suppliers, who have no screen of their own yet in the account of customers.
  const isCustomer = account.role !== 'payable'
  const all: [string, ReactNode][] = [
    [
      'party',
      party &&
        (partyId !== null && isCustomer ? (
          <DetailLink kind="customer" id={partyId}>
            {named(partyName, party)}
          </DetailLink>
        ) : (
          named(partyName, party)
        )),
    ],
    ['item', item && named(itemName, item)],
    [
      'document',
      documentId && (
        <DetailLink kind="document" id={documentId}>
          {document}
        </DetailLink>
      ),
    ],
    ['line', documentLineNo !== null && t('about_documentLine', { line: documentLineNo })],
    ['tax', taxOf(line)],
    ['authority', line.taxAuthority && t('about_taxAuthority', { authority: line.taxAuthority })],
    ['channel', line.channel && t('about_channel', { channel: line.channel })],
    ['row', line.sourceFile && t('row', { file: line.sourceFile, row: line.sourceRow ?? '' })],
  ]
  return all.filter(([, part]) => part !== null && part !== false && part !== '')
}

function taxOf({ taxCode, taxBase }: Line): string | null {
  if (taxCode === null) return null
  return taxBase
    ? t('about_tax', { code: taxCode, base: figure(taxBase.amount, locale) })
    : t('about_taxCode', { code: taxCode })
}

/** Why a line stands on its account, and where it was moved since. */
export const Why = ({ of: { mapping, moves } }: { of: Line }) => (
  <div className={classes.why}>
    {mapping === null ? <p>{t('whyNamed')}</p> : <Mapping of={mapping} />}
    {moves.map((move) => (
      <p key={`${move.entryId} ${move.otherLineNo}`}>
        <DetailLink kind="entry" id={`${move.entryId}.${move.otherLineNo}`}>
          {t(move.moved === 'away' ? 'movedAway' : 'movedHere', {
            from: move.from,
            to: move.to,
            day: writtenDay(move.on, locale),
            reason: move.reason,
          })}
        </DetailLink>
      </p>
    ))}
  </div>
)

const BEGINNING = '1000'

function Mapping({ of }: { of: NonNullable<Line['mapping']> }) {
  const { role, version, effectiveFrom, authorName, createdAt, reason, conditions } = of
  const since = effectiveFrom < BEGINNING ? t('sinceEver') : t('since', { day: writtenDay(effectiveFrom, locale) })
  const where = Object.entries(conditions).map(([name, value]) => conditionOf(name, value))
  const by = { author: authorName, moment: writtenMoment(createdAt, locale), reason }
  return (
    <>
      <p>
        {t('whyMapped', {
          role: wordsOfRole(role),
          version,
          since: where.length === 0 ? since : `${since}, ${t('whyWhere', { conditions: where.join(', ') })}`,
        })}
      </p>
      <p>{reason === '' ? t('whyMappedBy', by) : t('whyReason', by)}</p>
    </>
  )
}

const conditions = ['item', 'itemGroup', 'taxCode', 'channel', 'paymentMethod', 'documentKind'] as const

function conditionOf(name: string, value: string): string {
  const known = conditions.find((one) => one === name)
  return known === undefined ? `${name}: ${value}` : t(`condition_${known}`, { value: value.replaceAll('_', ' ') })
}
