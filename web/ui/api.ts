import {
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Operations } from '../../clients/typescript/src/api.ts'
import { type Asked, Countinghouse, ProblemError } from '../../clients/typescript/src/client.ts'

export type { Asked, Operations }
export { ProblemError }

/** Whether somebody else has changed it since it was read. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'changed_meanwhile'

/** The only way to the API: the same origin, by the cookie of the session. */
export const api = new Countinghouse({ origin: window.location.origin })

type Name = keyof Operations
type Result<Operation extends Name> = Operations[Operation]['result']

/** How an answer is remembered: all of one operation can be forgotten by its name alone. */
export const keyOf = <Operation extends Name>(name: Operation, asked: Asked<Operation>): QueryKey => [name, asked]

/**
 * Reads from the API and remembers the answer. `undefined` in place of what is asked waits until it is known. What nobody has asked for yet is asked for at once:
 * the answer is on its way while the screen is drawn in which it will stand.
 */
export function useRead<Operation extends Name>(
  name: Operation,
  asked: Asked<Operation> | undefined,
  { refetchEvery, fresh }: { refetchEvery?: number; fresh?: boolean } = {},
): UseQueryResult<Result<Operation>> {
  const client = useQueryClient()
  const reading = {
    queryKey: [name, asked ?? {}],
    queryFn: () => api.call(name, asked as Asked<Operation>),
  }
  if (asked !== undefined && client.getQueryState(reading.queryKey) === undefined) void client.prefetchQuery(reading)
  return useQuery({
    ...reading,
    enabled: asked !== undefined,
    ...(refetchEvery === undefined ? {} : { refetchInterval: refetchEvery }),
    ...(fresh ? { staleTime: 0 } : {}),
  })
}

/** Reads with the tag of what was read, for a form that changes it: always anew. */
export function useTagged<Operation extends Name>(
  name: Operation,
  asked: Asked<Operation>,
): UseQueryResult<{ result: Result<Operation>; tag: string | null }> {
  return useQuery({
    queryKey: ['tagged', name, asked],
    queryFn: () => api.read(name, asked),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}

/** 128 random bits; also where the page came over plain HTTP from another machine and `randomUUID` is missing. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** An answer that ends an intent. Where the server failed, or the same request is still under way, what was meant may yet be done. */
const isFinal = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.status < 500 && error.problem.code !== 'idempotency_key_running'

/**
 * One idempotency key for each intent: asked again with the same words because no answer came, or none that says whether it is done, it carries
 * the same key, so that nothing is done twice; after an answer, the next is another intent.
 */
export function useIntent(): <Answer>(
  words: unknown,
  send: (idempotencyKey: string) => Promise<Answer>,
) => Promise<Answer> {
  const intent = useRef<{ words: string; key: string } | undefined>(undefined)
  return useCallback(async (meant, send) => {
    const words = JSON.stringify(meant)
    if (intent.current?.words !== words) intent.current = { words, key: newKey() }
    try {
      const answer = await send(intent.current.key)
      intent.current = undefined
      return answer
    } catch (error) {
      if (isFinal(error)) intent.current = undefined
      throw error
    }
  }, [])
}

/** Changes something through the API, once for each intent. What was read of the operations in `forgets` is read again. */
export function useChange<Operation extends Name>(
  name: Operation,
  { forgets = [], keyed = true }: { forgets?: readonly Name[] | 'all'; keyed?: boolean } = {},
): UseMutationResult<Result<Operation>, Error, Asked<Operation>> {
  const client = useQueryClient()
  const once = useIntent()
  return useMutation({
    mutationFn: (asked: Asked<Operation>) =>
      keyed ? once(asked, (idempotencyKey) => api.call(name, { ...asked, idempotencyKey })) : api.call(name, asked),
    onSuccess: async () => {
      if (forgets === 'all') await client.invalidateQueries()
      else {
        const keys = forgets.flatMap((one) => [[one], ['tagged', one]])
        await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
      }
    },
  })
}
