import { z } from 'zod'
import { Id } from './basic.ts'

export const Attachment = z
  .object({
    id: Id,
    subject: z.string(),
    of: z.string(),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    addedBy: z.string(),
    addedAt: z.string(),
  })
  .meta({ id: 'Attachment', description: 'A file beside a journal, an entry or a document, known by its hash.' })

export const ListedAttachment = Attachment.extend({
  addedByName: z.string().meta({ description: 'For people.' }),
}).meta({
  id: 'ListedAttachment',
  description: 'A file beside a journal, an entry or a document, with the name of who added it.',
})
