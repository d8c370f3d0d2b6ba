import {
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { Operations } from '../../clients/typescript/src/api.ts'
import { type Asked, Countinghouse, ProblemError } from '../../clients/typescript/src/client.ts'

export type { Asked, Operations }
export { ProblemError }

/** The only way to the API: the same origin, by the cookie of the session. */
export const api = new Countinghouse({ origin: window.location.origin })

type Name = keyof Operations
type Result<Operation extends Name> = Operations[Operation]['result']

/** How an answer is remembered: all of one operation can be forgotten by its name alone. */
export const keyOf = <Operation extends Name>(name: Operation, asked: Asked<Operation>): QueryKey => [name, asked]

/** Reads from the API and remembers the answer. `undefined` in place of what is asked waits until it is known. */
export function useRead<Operation extends Name>(
  name: Operation,
  asked: Asked<Operation> | undefined,
  { refetchEvery, fresh }: { refetchEvery?: number; fresh?: boolean } = {},
): UseQueryResult<Result<Operation>> {
  return useQuery({
    queryKey: [name, asked ?? {}],
    queryFn: () => api.call(name, asked as Asked<Operation>),
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

/**
 * Changes something through the API. Each intent gets one idempotency key: asked again with the same words because no answer came, it carries
 * the same key, so that nothing is done twice; after an answer, the next is another intent. What was read of the operations in `forgets` is
 * read again.
 */
export function useChange<Operation extends Name>(
  name: Operation,
  { forgets = [], keyed = true }: { forgets?: readonly Name[] | 'all'; keyed?: boolean } = {},
): UseMutationResult<Result<Operation>, Error, Asked<Operation>> {
  const client = useQueryClient()
  const intent = useRef<{ words: string; key: string } | undefined>(undefined)
  return useMutation({
    mutationFn: async (asked: Asked<Operation>) => {
      const words = JSON.stringify(asked)
      if (intent.current?.words !== words) intent.current = { words, key: newKey() }
      try {
        const result = await api.call(name, keyed ? { ...asked, idempotencyKey: intent.current.key } : asked)
        intent.current = undefined
        return result
      } catch (error) {
        if (error instanceof ProblemError) intent.current = undefined
        throw error
      }
    },
    onSuccess: async () => {
      if (forgets === 'all') await client.invalidateQueries()
      else await Promise.all(forgets.map((one) => client.invalidateQueries({ queryKey: [one] })))
    },
  })
}
