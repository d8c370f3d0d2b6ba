import type { z } from 'zod'
import type { Operations } from '../../../clients/typescript/src/api.ts'

/** An operation that takes a list of facts, and says beforehand what they would post. */
type PostingOperation = {
  [Name in keyof Operations]: 'mode' extends keyof Operations[Name]['query'] ? Name : never
}[keyof Operations]

/** What a form sends: facts of one kind, each by its contract. */
export type Sent = { operation: PostingOperation; schema: z.ZodType; requests: readonly unknown[] }
