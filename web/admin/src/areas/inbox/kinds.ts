import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { t } from './texts.ts'

/** The kinds of exceptions that the application has words for. */
export const kinds = [
  'unknown_code',
  'unclear_destination',
  'document_changed',
  'document_refused',
  'rows_differ',
  'order_without_items',
  'payments_differ',
  'sale_not_shipped',
  'total_differs',
  'unknown_payment_method',
  'unknown_tax',
  'tax_base_unclear',
  'refund_unclear',
  'recurring_journal_refused',
  'recurring_journal_waits',
] as const
type Kind = (typeof kinds)[number]

const isKind = (kind: string): kind is Kind => (kinds as readonly string[]).includes(kind)

/** What is wrong, in a few words. */
export const wordsOf = ({ kind, subject }: Exception): string =>
  isKind(kind) ? t(kind, { subject }) : `${kind.replaceAll('_', ' ')} ${subject}`

/** The kind by itself. */
export const kindWords = (kind: string): string => (isKind(kind) ? t(`kind_${kind}`) : kind.replaceAll('_', ' '))

export const waits = ({ state }: Pick<Exception, 'state'>): boolean => state === 'open' || state === 'in_progress'
