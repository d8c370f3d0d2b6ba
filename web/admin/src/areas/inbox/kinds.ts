import type { Exception } from '../../../../../clients/typescript/src/api.ts'
import { wordsOfException } from '../../../../ui/words.ts'
import { t } from './texts.ts'

/** What is said of one exception, with its subject; the kind by itself is in the words that all areas share. */
const kinds = [
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
  isKind(kind) ? t(kind, { subject }) : `${wordsOfException(kind)}: ${subject}`

export const waits = ({ state }: Pick<Exception, 'state'>): boolean => state === 'open' || state === 'in_progress'
