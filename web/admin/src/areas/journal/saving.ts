import { useQueryClient } from '@tanstack/react-query'
import type { ApprovalRequest, NewJournal } from '../../../../../clients/typescript/src/api.ts'
import { ProblemError, useChange } from '../../../../ui/api.ts'
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

/** The ways in which an entry is kept: posted at once, as a draft, or as a draft with its files that is then posted. */
export function useSaving() {
  const path = useCompanyPath()
  const client = useQueryClient()
  const entries = useChange('createEntriesBulk', { forgets })
  const drafts = useChange('createJournalsDrafts', { forgets })
  const posting = useChange('createJournalsDraftsPost', { forgets })
  const keep = async (journal: NewJournal, files: readonly File[]) => {
    await drafts.mutateAsync({ path, body: { requests: [journal] } })
    for (const file of files) await attach(path.companyId, journal.reference, file)
    if (files.length > 0) await client.invalidateQueries({ queryKey: ['listAttachments'] })
  }
  return {
    keep,
    post: async (journal: NewJournal, how: { files: readonly File[]; isDraft: boolean }): Promise<Outcome> => {
      if (how.files.length === 0 && !how.isDraft)
        return outcomeOf(await entries.mutateAsync({ path, body: { requests: [journal] } }))
      await keep(journal, how.files)
      const { reference } = journal
      return outcomeOf(await posting.mutateAsync({ path, body: { requests: [{ reference }] } }))
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
