import { createHash } from 'node:crypto'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { mediaTypeOf } from './media-type.ts'

/** The largest file that is attached, in bytes. */
export const LARGEST_ATTACHMENT = 20 * 1024 * 1024

/** What a file can be beside: a journal by its reference, an entry by its id, a sales document by its number. */
export const subjects = ['journal', 'entry', 'sales_document'] as const
export type Subject = (typeof subjects)[number]

export type NewAttachment = {
  subject: Subject
  /** The reference of a journal, the id of an entry, the number of a document. */
  of: string
  name: string
  /** What it is said to be; null where nobody says so. */
  mediaType: string | null
  content: Buffer
}

export type Attachment = {
  id: bigint
  subject: Subject
  of: string
  name: string
  mediaType: string
  bytes: number
  sha256: string
  addedBy: string
  addedAt: string
}

/**
 * Attaches a file; the same content on the same subject finds it. Refuses `journal_unknown`, `entry_unknown`, `document_unknown` for what it
 * would be beside, `attachment_empty`, `attachment_too_large`, `attachment_type_differs`.
 */
export async function attach(tx: Tx, attachment: NewAttachment): Promise<Attachment & { existing: boolean }> {
  const { subject, of, name, content } = attachment
  if (content.length === 0) throw new Refusal('attachment_empty', { name })
  if (content.length > LARGEST_ATTACHMENT)
    throw new Refusal('attachment_too_large', { name, bytes: content.length, most: LARGEST_ATTACHMENT })
  const mediaType = mediaTypeOf(content, attachment.mediaType)
  if (mediaType === undefined) throw new Refusal('attachment_type_differs', { name, said: attachment.mediaType })
  const subjectId = await subjectIdOf(tx, subject, of)
  const sha256 = createHash('sha256').update(content).digest()
  const added = await tx.query(
    `insert into attachment (company_id, subject, subject_id, name, media_type, bytes, sha256, content, added_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (company_id, subject, subject_id, sha256) where removed_by is null do nothing returning id`,
    [tx.companyId, subject, subjectId, fileName(name), mediaType, content.length, sha256, content, tx.actor],
  )
  const kept = only(
    await tx.query<Attachment>(
      `select ${columns} from attachment a where a.company_id = $1 and a.subject = $2 and a.subject_id = $3 and a.sha256 = $4 and a.removed_by is null`,
      [tx.companyId, subject, subjectId, sha256],
    ),
  )
  return { ...kept, of, existing: added.length === 0 }
}

const columns = `a.id, a.subject, a.subject_id::text as "of", a.name, a.media_type as "mediaType", a.bytes, encode(a.sha256, 'hex') as sha256,
  a.added_by as "addedBy", ${utcMoment('a.added_at')} as "addedAt"`

/** The last part of a path, without what no file name holds. */
const fileName = (name: string): string => {
  const plain = (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').trim()
  return plain === '' ? 'attachment' : plain.slice(0, 255)
}

const places = {
  journal: `select id from manual_journal where company_id = $1 and reference = $2 and state <> 'discarded'`,
  entry: `select id from journal_entry where company_id = $1 and id = case when $2 ~ '^[0-9]{1,18}$' then $2::bigint end`,
  sales_document:
    'select id from sales_document where company_id = $1 and number = $2 order by import_run_id nulls first, id limit 1',
} as const satisfies Record<Subject, string>

async function subjectIdOf(tx: Tx, subject: Subject, of: string): Promise<bigint> {
  const [found] = await tx.query<{ id: bigint }>(places[subject], [tx.companyId, of])
  if (found !== undefined) return found.id
  if (subject === 'journal') throw new Refusal('journal_unknown', { reference: of })
  if (subject === 'entry') throw new Refusal('entry_unknown', { entry: of })
  throw new Refusal('document_unknown', { number: of })
}

/** What is attached to a journal, an entry or a document, in the order in which it was added. An entry by hand has what its journal has. */
export async function listAttachments(tx: Tx, subject: Subject, of: string): Promise<Attachment[]> {
  const subjectId = await subjectIdOf(tx, subject, of)
  const rows = await tx.query<Attachment>(
    `select ${columns} from attachment a where a.company_id = $1 and a.removed_by is null and ((a.subject = $2 and a.subject_id = $3)
        or (a.subject = 'journal' and $2 = 'entry' and a.subject_id in (select id from manual_journal where company_id = $1 and entry_id = $3)))
      order by a.id`,
    [tx.companyId, subject, subjectId],
  )
  return rows.map((row) => ({ ...row, of }))
}

/** A file with its content. Refuses `attachment_unknown`. */
export async function readAttachment(tx: Tx, id: bigint): Promise<Attachment & { content: Buffer }> {
  const [found] = await tx.query<Attachment & { content: Buffer }>(
    `select ${columns}, a.content from attachment a where a.company_id = $1 and a.id = $2 and a.removed_by is null`,
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('attachment_unknown', { attachment: id })
  return found
}

/** Removes a file from a draft. What is beside something posted stays (`append_only`). Refuses `attachment_unknown`. */
export async function removeAttachment(tx: Tx, id: bigint): Promise<void> {
  const removed = await tx.query(
    'update attachment set removed_by = $3 where company_id = $1 and id = $2 and removed_by is null returning id',
    [tx.companyId, id, tx.actor],
  )
  if (removed.length === 0) throw new Refusal('attachment_unknown', { attachment: id })
}
