import { createHmac, randomBytes } from 'node:crypto'

/** A secret as the Standard Webhooks specification writes it: `whsec_` and 32 random bytes in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** What is sent, and when. `id` stays the same however often it is sent: receivers know a repetition by it. */
export type Message = { id: string; timestamp: number; payload: string }

/** The header `webhook-signature`: one signature by each secret, the newest first (standardwebhooks.com). */
export const signatures = (secrets: readonly string[], { id, timestamp, payload }: Message): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')}`
    })
    .join(' ')
