import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import type { ApprovalRequest, Document, EntrySummary } from '../../../clients/typescript/src/api.ts'
import { type Asked, api, useIntent } from '../api.ts'
import { type EntryForm, type FormValues, useEntryForm } from '../entry-form.tsx'
import { useCompanyPath } from '../workplace.tsx'
import type { Sent } from './sent.ts'

export type Preview = {
  results: readonly unknown[]
  entries: readonly EntrySummary[] | null
  waits: boolean
  /** What would be issued, where it issues documents. */
  documents?: readonly Document[]
}

/** Waits so long after a key before it asks what would be posted. */
const PAUSE_MS = 300

// What the contract of a request refuses is said at the field of that name: there is one request, or all of them are made of the same fields.
const sentForm = z.custom<Sent>().check((context) => {
  for (const request of context.value.requests) {
    const read = context.value.schema.safeParse(request)
    if (!read.success) context.issues.push(...(read.error.issues as never[]))
  }
})

export type PostingOptions<Values extends FormValues> = {
  /** Names the draft that is kept while it is not posted. */
  name: string
  initial: Values
  sends(values: Values): Sent
  check?(values: Values): Record<string, string>
  placesOf?(problem: { code: string }, values: Values): readonly string[]
  /** After it is posted: what became of each request. */
  done(results: readonly unknown[], values: Values): Promise<void>
}

export type Posting<Values extends FormValues> = {
  form: EntryForm<Values>
  preview: { data: Preview | undefined; error: unknown; isOld: boolean }
  /** What was sent to a second person, in place of having been posted. */
  waiting: ApprovalRequest | undefined
}

/** A form that posts: a form over a contract that shows what it would post while it is filled in. */
export function usePosting<Values extends FormValues>(options: PostingOptions<Values>): Posting<Values> {
  const { name, initial, sends, check, placesOf, done } = options
  const path = useCompanyPath()
  const client = useQueryClient()
  const once = useIntent()
  const [waiting, setWaiting] = useState<ApprovalRequest>()
  const form = useEntryForm<Values, Sent>({
    name,
    initial,
    schema: sentForm,
    body: sends,
    ...(check && { check }),
    ...(placesOf && { placesOf }),
    save: async ({ operation, requests }, { values }) => {
      const body = { requests } as never
      const answer = (await once([operation, body], (idempotencyKey) =>
        api.call(operation, { path, body, idempotencyKey } as Asked<typeof operation>),
      )) as { results: readonly unknown[] } | ApprovalRequest
      // What it would post is not asked again once it is posted: it may be declined by now.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preview' })
      if ('results' in answer) await done(answer.results, values)
      else setWaiting(answer)
    },
  })
  return { form, preview: usePreview(form.fields.values, { sends, check }), waiting }
}

function usePreview<Values extends FormValues>(
  values: Values,
  { sends, check }: Pick<PostingOptions<Values>, 'sends'> & { check: PostingOptions<Values>['check'] | undefined },
): Posting<Values>['preview'] {
  const path = useCompanyPath()
  const sent = sends(values)
  const isWhole =
    Object.keys(check?.(values) ?? {}).length === 0 && sent.requests.length > 0 && sentForm.safeParse(sent).success
  const [asked] = useDebouncedValue(isWhole ? JSON.stringify(sent.requests) : undefined, PAUSE_MS)
  const found = useQuery({
    queryKey: ['preview', path, sent.operation, asked],
    queryFn: async () => {
      const body = { requests: JSON.parse(asked as string) }
      return (await api.call(sent.operation, { path, query: { mode: 'preview' }, body } as never)) as Preview
    },
    enabled: isWhole && asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const isOld = isWhole && (found.isPlaceholderData || asked !== JSON.stringify(sent.requests))
  return { data: isWhole ? found.data : undefined, error: isWhole ? found.error : null, isOld }
}
