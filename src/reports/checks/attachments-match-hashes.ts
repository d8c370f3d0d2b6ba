import { type Broken, type Check, compareRows, outcomeOf } from './check.ts'

type BrokenAttachment = Broken & { id: bigint; name: string; subject: string; subject_id: bigint }

/** Every attached file is what it was when it was attached, and stands beside something that there is. */
export const attachmentsMatchHashes: Check = {
  name: 'attachments-match-hashes',
  async run(tx) {
    const { compared, broken } = await compareRows<BrokenAttachment>(
      tx,
      `select a.id, a.name, a.subject, a.subject_id,
          case
            when sha256(a.content) <> a.sha256 or octet_length(a.content) <> a.bytes then 'its content is not what was attached'
            when not exists (
              select from manual_journal m where m.company_id = $1 and a.subject = 'journal' and m.id = a.subject_id
              union all
              select from journal_entry e where e.company_id = $1 and a.subject = 'entry' and e.id = a.subject_id
              union all
              select from sales_document d where d.company_id = $1 and a.subject = 'sales_document' and d.id = a.subject_id
            ) then 'what it stands beside is gone'
          end as what
        from attachment a where a.company_id = $1`,
      'id',
    )
    return outcomeOf(
      compared,
      broken.map(({ id, name, subject, subject_id, what }) => ({
        attachmentId: String(id),
        name,
        beside: `${subject} ${subject_id}`,
        what,
      })),
    )
  },
}
