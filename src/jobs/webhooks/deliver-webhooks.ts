import { actingAs, type Database, inCompany, inCompanyAsOwner } from '../../kernel/database.ts'
import { listCompanies } from '../../modules/company/index.ts'
import {
  type DueDelivery,
  messageId,
  type Reach,
  recordAttempt,
  signatures,
  takeDue,
} from '../../modules/webhooks/index.ts'
import { inRounds, type Job } from '../in-rounds.ts'
import { type Outgoing, type Resolve, sendMessage } from './send.ts'

export type DelivererOptions = {
  log: (line: string) => void
  reach: Reach
  pauseMs?: number
  resolve?: Resolve
}

const AT_ONCE = 16
const COMPANIES_AT_ONCE = 8
const FORGET_EVERY_MS = 60 * 60 * 1000

/**
 * Sends events to the endpoints that want them, again and again, beside the work of the server. Any number of processes do so on one
 * database: each takes other deliveries. Companies take turns, several at once, so that the slow receivers of one hold up nobody else. Once an
 * hour what has outlived its days is forgotten.
 */
export function deliverWebhooks(database: Database, options: DelivererOptions): Job {
  const { log, pauseMs = 1_000 } = options
  const acting = actingAs(database, 'product:webhooks')
  let forgotAt = Number.NEGATIVE_INFINITY
  /** Whether a company has more to send than its turn allowed. */
  const turn = async (id: bigint, forgets: boolean): Promise<boolean> => {
    const sent = await deliverDue(acting, id, options)
    if (forgets) await inCompanyAsOwner(acting, id, (tx) => tx.query('select forget_expired()'))
    return sent === AT_ONCE
  }
  const round = async (signal: AbortSignal): Promise<'more' | undefined> => {
    const forgets = performance.now() - forgotAt > FORGET_EVERY_MS
    const companies = (await listCompanies(acting))[Symbol.iterator]()
    let more = false
    const takeTurns = async (): Promise<void> => {
      for (const { id } of companies) {
        if (signal.aborted) return
        if (await turn(id, forgets).catch((error: Error) => failed(error, id))) more = true
      }
    }
    await Promise.all(Array.from({ length: COMPANIES_AT_ONCE }, takeTurns))
    if (forgets) forgotAt = performance.now()
    return more ? 'more' : undefined
  }
  const failed = (error: Error, companyId: bigint): boolean => {
    log(`${what} of company ${companyId} failed and is tried again: ${error.message}`)
    return false
  }
  return inRounds(round, { log, what, pauseMs: () => pauseMs })
}

const what = 'Sending webhooks'

/** Sends what is due for one company, so much at once. Returns how much it was. */
export async function deliverDue(
  database: Database,
  companyId: bigint,
  { log, reach, resolve }: DelivererOptions,
): Promise<number> {
  const due = await inCompany(database, companyId, (tx) => takeDue(tx, AT_ONCE))
  await Promise.all(
    due.map(async (delivery) => {
      const attempt = await sendMessage(messageOf(companyId, delivery), reach, resolve)
      const disabled = await inCompany(database, companyId, (tx) => recordAttempt(tx, delivery, attempt))
      if (disabled) log(`Webhook endpoint ${delivery.endpointId} of company ${companyId} was disabled.`)
    }),
  )
  return due.length
}

function messageOf(companyId: bigint, { url, secrets, eventId, type, happenedAt, subject }: DueDelivery): Outgoing {
  const id = messageId(companyId, eventId)
  const timestamp = Math.floor(Date.now() / 1000)
  const payload = JSON.stringify({ type, timestamp: happenedAt, data: { company: String(companyId), ...subject } })
  return {
    url,
    body: payload,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Countinghouse',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures(secrets, { id, timestamp, payload }),
    },
  }
}
