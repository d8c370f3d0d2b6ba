import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { endpointById } from './endpoints.ts'

/** A delivery that is due, taken by one process for a while. */
export type DueDelivery = {
  id: bigint
  endpointId: bigint
  url: string
  secrets: string[]
  attempts: number
  eventId: bigint
  type: string
  subject: Record<string, unknown>
  happenedAt: string
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Seconds until the next attempt, after the first, the second, and so on. After the last one a delivery has failed. */
export const retryAfter = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** An endpoint to which nothing could be delivered for so long is disabled. */
export const DAYS_OF_FAILURE = 5

const LEASE_SECONDS = 120

/** Takes deliveries that are due, so that no other process sends them. One whose process died is due again when its lease ends. */
export const takeDue = (tx: Tx, most: number): Promise<DueDelivery[]> =>
  tx.query<DueDelivery>(
    `with due as (
        select d.id from webhook_delivery d join webhook_endpoint p on p.company_id = d.company_id and p.id = d.endpoint_id
          where d.company_id = $1 and d.state = 'pending' and d.next_attempt_at <= now()
            and (d.leased_until is null or d.leased_until < now()) and p.state = 'enabled'
          order by d.next_attempt_at, d.id limit $2 for update of d skip locked
      )
      update webhook_delivery d set leased_until = now() + interval '${LEASE_SECONDS} seconds', attempts = d.attempts + 1
        from due, webhook_endpoint p, webhook_event e
        where d.company_id = $1 and d.id = due.id and p.company_id = $1 and p.id = d.endpoint_id and e.company_id = $1 and e.id = d.event_id
        returning d.id, d.endpoint_id as "endpointId", p.url, d.attempts, e.id as "eventId", e.type, e.subject,
          to_char(e.happened_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happenedAt",
          case when p.previous_secret_until > now() then array[p.secret, p.previous_secret] else array[p.secret] end as secrets`,
    [tx.companyId, most],
  )

/** What came of an attempt. `gone` says that the receiver wants nothing any more. */
export type Attempt = { durationMs: number; status: number | null; error: string; responseHead: string }

const isDelivered = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300

/** Writes an attempt down, sets the next one, and disables an endpoint that is gone, or failed for days. Returns whether it was disabled. */
export async function recordAttempt(tx: Tx, due: DueDelivery, attempt: Attempt): Promise<boolean> {
  const delivered = isDelivered(attempt)
  await tx.query(
    `insert into webhook_attempt (company_id, delivery_id, endpoint_id, started_at, duration_ms, status, delivered, error, response_head)
       values ($1, $2, $3, now() - $4 * interval '1 millisecond', $4, $5, $6, $7, $8)`,
    [
      tx.companyId,
      due.id,
      due.endpointId,
      Math.round(attempt.durationMs),
      attempt.status,
      delivered,
      attempt.error.replaceAll('\0', ''),
      attempt.responseHead.replaceAll('\0', ''),
    ],
  )
  const seconds = retryAfter[due.attempts - 1]
  const state = delivered ? 'delivered' : seconds === undefined ? 'failed' : 'pending'
  await tx.query(
    `update webhook_delivery set state = $3, leased_until = null, next_attempt_at = now() + $4 * interval '1 second'
       where company_id = $1 and id = $2`,
    [tx.companyId, due.id, state, seconds ?? 0],
  )
  if (delivered) return false
  return await disableFailing(tx, due.endpointId, attempt.status === 410)
}

async function disableFailing(tx: Tx, endpointId: bigint, gone: boolean): Promise<boolean> {
  const disabled = await tx.query(
    `update webhook_endpoint p set state = 'disabled',
        disabled_reason = case when $3 then 'the receiver answered 410 Gone' else 'nothing could be delivered for ${DAYS_OF_FAILURE} days' end
       where p.company_id = $1 and p.id = $2 and p.state = 'enabled' and ($3 or (
         select min(a.started_at) from webhook_attempt a where a.company_id = $1 and a.endpoint_id = $2 and a.started_at > p.enabled_at
           and a.started_at > coalesce((select max(s.started_at) from webhook_attempt s
             where s.company_id = $1 and s.endpoint_id = $2 and s.delivered), '-infinity')
         ) < now() - interval '${DAYS_OF_FAILURE} days') returning p.id`,
    [tx.companyId, endpointId, gone],
  )
  return disabled.length > 0
}

/** Sends again: these deliveries of an endpoint, or everything that it wanted since a moment. Returns how many. */
export async function replay(
  tx: Tx,
  endpointId: bigint,
  { deliveries, since }: { deliveries?: readonly bigint[]; since?: string },
): Promise<number> {
  await endpointById(tx, endpointId)
  if ((deliveries === undefined) === (since === undefined))
    throw new Refusal('input_invalid', { replay: 'name deliveries, or a moment since which everything is sent again' })
  const { replayed, named } = only(
    await tx.query<{ replayed: number; named: number }>(
      `with again as (
          update webhook_delivery d set state = 'pending', attempts = 0, next_attempt_at = now(), leased_until = null
            from webhook_event e
            where d.company_id = $1 and d.endpoint_id = $2 and e.company_id = $1 and e.id = d.event_id
              and case when $3::bigint[] is null then e.happened_at >= $4::timestamptz else d.id = any ($3::bigint[]) end
            returning d.id
        )
        select count(*)::int as replayed, coalesce((select count(distinct n) from unnest($3::bigint[]) n), 0)::int as named from again`,
      [tx.companyId, endpointId, deliveries === undefined ? null : column(deliveries, (id) => id), since ?? null],
    ),
  )
  if (deliveries !== undefined && replayed < named)
    throw new Refusal('webhook_delivery_unknown', { endpoint: endpointId })
  return replayed
}

/** Sends an event to one endpoint, whatever it wants, to try it. */
export async function sendTestEvent(tx: Tx, endpointId: bigint): Promise<bigint> {
  await endpointById(tx, endpointId)
  const { id } = only(
    await tx.query<{ id: bigint }>(
      `with event as (
          insert into webhook_event (company_id, type, subject) values ($1, 'webhook.test', jsonb_build_object('endpointId', $2::bigint::text))
            returning id
        )
        insert into webhook_delivery (company_id, endpoint_id, event_id) select $1, $2, id from event returning id`,
      [tx.companyId, endpointId],
    ),
  )
  return id
}

export type DeliveryLog = {
  id: bigint
  endpointId: bigint
  eventId: bigint
  type: string
  happenedAt: string
  state: 'pending' | 'delivered' | 'failed'
  nextAttemptAt: string | null
  attempts: {
    startedAt: string
    durationMs: number
    status: number | null
    delivered: boolean
    error: string
    responseHead: string
  }[]
}

export const PAGE_OF_DELIVERIES = 50

/** The deliveries of an endpoint with every attempt, the latest first; `before` is where the page begins. */
export const deliveriesOf = (tx: Tx, endpointId: bigint, before?: bigint): Promise<DeliveryLog[]> =>
  tx.query<DeliveryLog>(
    `select d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", e.type, d.state,
        ${utcMoment('e.happened_at')} as "happenedAt",
        case when d.state = 'pending' then ${utcMoment('d.next_attempt_at')} end as "nextAttemptAt",
        coalesce((select json_agg(json_build_object('startedAt', ${utcMoment('a.started_at')},
            'durationMs', a.duration_ms, 'status', a.status, 'delivered', a.delivered, 'error', a.error,
            'responseHead', a.response_head) order by a.id)
          from webhook_attempt a where a.company_id = $1 and a.delivery_id = d.id), '[]') as attempts
      from webhook_delivery d join webhook_event e on e.company_id = $1 and e.id = d.event_id
      where d.company_id = $1 and d.endpoint_id = $2 and d.id < coalesce($3::bigint, 9223372036854775807)
      order by d.id desc limit ${PAGE_OF_DELIVERIES + 1}`,
    [tx.companyId, endpointId, before ?? null],
  )

/** What a receiver knows an event by, however often it is sent. */
export const messageId = (companyId: bigint, eventId: bigint): string => `evt_${companyId}_${eventId}`
