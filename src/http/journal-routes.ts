import { ApprovalRequest } from '../contracts/approvals.ts'
import { Id } from '../contracts/basic.ts'
import { Entry, EntryReversal, NewJournal } from '../contracts/journal.ts'
import { readCompany } from '../kernel/database.ts'
import { postJournalOrAsk, reverseOrAsk } from '../modules/second-person/index.ts'
import { entryDetail } from '../reports/journal-entry.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command, Waiting } from './command.ts'
import { approvalView } from './waiting.ts'
import { lineReader } from './written-lines.ts'

const entryParams = companyParams.extend({ entryId: Id })

export const journalRoutes = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/entries',
      tags: ['Journal'],
      permission: 'journal.post',
      summary: 'Post an entry by hand',
      description:
        'All of its lines at once; they sum to zero. The journal itself is read as the report `journal`. Where the company wants a second person for so much, it waits for approval: 202.',
      request: { params: companyParams, headers: idempotencyHeader, body: body(NewJournal) },
      responses: { 201: json(Entry, 'The entry.'), 202: json(ApprovalRequest, 'Another person must approve it.') },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const { lines, ...journal } = c.req.valid('json')
        const read = await lineReader(tx, lines)
        const outcome = await postJournalOrAsk(tx, { ...journal, lines: lines.map(read) })
        return 'waiting' in outcome
          ? new Waiting(approvalView(outcome.waiting))
          : await entryDetail(tx, outcome.done.entryId)
      }),
  )
  .openapi(
    route({
      method: 'get',
      path: '/companies/{companyId}/entries/{entryId}',
      tags: ['Journal'],
      permission: 'journal.read',
      summary: 'Get an entry, explained',
      request: { params: entryParams },
      responses: { 200: json(Entry, 'The entry.') },
    }),
    async (c) => {
      const id = BigInt(c.req.valid('param').entryId)
      return c.json(await readCompany(c.var.workplace.database, c.var.companyId, (tx) => entryDetail(tx, id)), 200)
    },
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/entries/{entryId}/reverse',
      tags: ['Journal'],
      permission: 'journal.post',
      summary: 'Reverse an entry',
      description:
        'Posts an entry that takes it back. What a document posted is corrected by a document. Where the company wants a second person for so much, it waits for approval: 202.',
      request: { params: entryParams, headers: idempotencyHeader, body: body(EntryReversal) },
      responses: {
        201: json(Entry, 'The entry that reverses it.'),
        202: json(ApprovalRequest, 'Another person must approve it.'),
      },
    }),
    async (c) =>
      await command(c, 201, async (tx) => {
        const entryId = BigInt(c.req.valid('param').entryId)
        const outcome = await reverseOrAsk(tx, { entryId, ...c.req.valid('json') })
        return 'waiting' in outcome
          ? new Waiting(approvalView(outcome.waiting))
          : await entryDetail(tx, outcome.done.entryId)
      }),
  )
