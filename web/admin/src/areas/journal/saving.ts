import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ApprovalRequest, JournalDetail, NewJournal } from '../../../../../clients/typescript/src/api.ts'
import { api, ProblemError, useChange } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** What became of an entry that was sent. */
export type Outcome =
  | { kind: 'posted'; entryId: string }
  | { kind: 'existing'; entryId: string }
  | { kind: 'waits'; request: ApprovalRequest }

type Answer = { results: readonly { result: 'created' | 'existing'; entryId: string }[] } | ApprovalRequest

const outcomeOf = (answer: unknown): Outcome => {
  const given = answer as Answer
  if (!('results' in given)) return { kind: 'waits', request: given }
  const [{ result, entryId } = { result: 'existing' as const, entryId: '' }] = given.results
  return { kind: result === 'created' ? 'posted' : 'existing', entryId }
}

/** Keeps a file beside a journal. The server looks at its content for what it is. */
export async function attach(companyId: string, reference: string, file: File): Promise<void> {
  const query = new URLSearchParams({ subject: 'journal', of: reference, name: file.name })
  const response = await fetch(`/api/v1/companies/${companyId}/attachments?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  if (!response.ok) throw new ProblemError(await response.json())
}

/** What is posted shows in any report, list and count. */
const forgets = 'all'

/** The files beside an entry; and of a draft, which one it is and the tag of what was read of it. */
type Kept = { id: string; tag: string | undefined }
type Keeping = { files: readonly File[]; kept?: Kept | undefined }

/** The ways in which an entry is kept: posted at once, as a draft, or as a draft with its files that is then posted. */
export function useSaving() {
  const path = useCompanyPath()
  const client = useQueryClient()
  const entries = useChange('createEntriesBulk', { forgets })
  const drafts = useChange('createJournalsDrafts', { forgets })
  const draft = useChange('replaceJournal', { forgets })
  const posting = useChange('createJournalsDraftsPost', { forgets })
  const ownChange = useRef<{ from: string | undefined; to: string | undefined }>(undefined)
  const ownDraft = useRef<{ reference: string; kept: Kept }>(undefined)
  const replace = async (journal: NewJournal, { id, tag }: Kept): Promise<JournalDetail> => {
    const over = ownChange.current?.from === tag ? ownChange.current?.to : tag
    return await draft.mutateAsync({ path: { ...path, journalId: id }, body: journal, ifMatch: over })
  }
  // What was kept and then could not be posted is no change of somebody else's when it is sent again.
  const rememberOwn = async ({ id, tag }: Kept, now: JournalDetail): Promise<void> => {
    const read = await api.read('getJournal', { path: { ...path, journalId: id } }).catch(() => undefined)
    if (read !== undefined && JSON.stringify(read.result) === JSON.stringify(now))
      ownChange.current = { from: tag, to: read.tag ?? undefined }
  }
  // A new draft that could not be posted is there: sent again with something corrected, it is changed.
  const rememberDraft = async (reference: string, id: string): Promise<void> => {
    const read = await api.read('getJournal', { path: { ...path, journalId: id } }).catch(() => undefined)
    ownDraft.current = { reference, kept: { id, tag: read?.tag ?? undefined } }
  }
  const keep = async (
    journal: NewJournal,
    { files, kept: read }: Keeping,
    then: () => Promise<Outcome | undefined> = async () => undefined,
  ): Promise<Outcome | undefined> => {
    const kept = read ?? (ownDraft.current?.reference === journal.reference ? ownDraft.current.kept : undefined)
    const now = kept && (await replace(journal, kept))
    const made = kept ? undefined : await drafts.mutateAsync({ path, body: { requests: [journal] } })
    try {
      for (const file of files) await attach(path.companyId, journal.reference, file)
      if (files.length > 0) await client.invalidateQueries({ queryKey: ['listAttachments'] })
      return await then()
    } catch (error) {
      if (kept !== undefined && now !== undefined) await rememberOwn(kept, now)
      const [record] = made?.results ?? []
      if (record !== undefined && 'id' in record) await rememberDraft(journal.reference, record.id)
      throw error
    }
  }
  return {
    keep: (journal: NewJournal, how: Keeping) => keep(journal, how),
    post: async (journal: NewJournal, how: Keeping): Promise<Outcome> => {
      if (how.files.length === 0 && how.kept === undefined)
        return outcomeOf(await entries.mutateAsync({ path, body: { requests: [journal] } }))
      const { reference } = journal
      const posted = async () => outcomeOf(await posting.mutateAsync({ path, body: { requests: [{ reference }] } }))
      return (await keep(journal, how, posted)) as Outcome
    },
  }
}

/** Posts drafts as they stand. */
export function usePostDrafts() {
  const path = useCompanyPath()
  const posting = useChange('createJournalsDraftsPost', { forgets })
  return async (references: readonly string[]): Promise<Outcome> =>
    outcomeOf(await posting.mutateAsync({ path, body: { requests: references.map((reference) => ({ reference })) } }))
}

/** Puts drafts aside for good. */
export function useDiscardDrafts() {
  const path = useCompanyPath()
  const discarding = useChange('createJournalsDraftsDiscard', { forgets })
  return async (references: readonly string[]): Promise<void> => {
    await discarding.mutateAsync({ path, body: { requests: references.map((reference) => ({ reference })) } })
  }
}
