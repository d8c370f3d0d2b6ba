import type { RefusalKind } from './refusals-of-people.ts'

/** Why a backup is not written, or not restored. Part of the one catalogue. */
export const refusalsOfBackups = {
  backup_damaged: {
    status: 422,
    title: 'The backup is not what was written',
    remedy: 'Nothing was restored. Take another copy of the file.',
  },
  backup_exists: {
    status: 409,
    title: 'The file exists already',
    remedy: 'Name a file that does not exist; no backup is overwritten.',
  },
  backup_too_new: {
    status: 422,
    title: 'The backup was written by a newer version',
    remedy: 'Restore it with that version of Countinghouse.',
  },
  backup_unknown: {
    status: 422,
    title: 'The file is not a backup of Countinghouse',
    remedy: 'Name a file that countinghouse backup wrote.',
  },
  company_name_taken: {
    status: 409,
    title: 'There is a company of this name',
    remedy: 'Give the restored company another name with --as.',
  },
  restore_needs_empty: {
    status: 409,
    title: 'The database is not empty',
    remedy: 'Restore an installation into an empty database, or one company of it beside the others.',
  },
} as const satisfies Record<string, RefusalKind>
