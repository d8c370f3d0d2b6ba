export {
  type Attachment,
  attach,
  LARGEST_ATTACHMENT,
  listAttachments,
  type NewAttachment,
  readAttachment,
  removeAttachment,
  type Subject,
  subjects,
} from './attachments.ts'
