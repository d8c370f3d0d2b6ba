import { column } from '../../kernel/column.ts'
import { only, type Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'
import { type Reach, wrongWithUrl } from './public-address.ts'
import { newSecret } from './signature.ts'

export type Endpoint = {
  id: bigint
  url: string
  description: string
  eventTypes: string[]
  state: 'enabled' | 'disabled'
  disabledReason: string
  createdAt: string
}

export type NewEndpoint = { url: string; description?: string; eventTypes: readonly string[] }

const columns = `id, url, description, event_types as "eventTypes", state, disabled_reason as "disabledReason",
  ${utcMoment('created_at')} as "createdAt"`

function refuseWrongUrl(url: string, reach: Reach): void {
  const wrong = wrongWithUrl(url, reach)
  if (wrong !== undefined) throw new Refusal('webhook_url_refused', { url, reason: wrong })
}

/** The endpoints of the company that were not removed, the oldest first. */
export const listEndpoints = (tx: Tx): Promise<Endpoint[]> =>
  tx.query<Endpoint>(
    `select ${columns} from webhook_endpoint where company_id = $1 and state <> 'removed' order by id`,
    [tx.companyId],
  )

/** Refuses `webhook_endpoint_unknown`. */
export async function endpointById(tx: Tx, id: bigint): Promise<Endpoint> {
  const [found] = await tx.query<Endpoint>(
    `select ${columns} from webhook_endpoint where company_id = $1 and id = $2 and state <> 'removed'`,
    [tx.companyId, id],
  )
  if (found === undefined) throw new Refusal('webhook_endpoint_unknown', { id })
  return found
}

/** Locks an endpoint that is to be changed. One that is unknown is left to whoever reads it. */
export const lockEndpoint = (tx: Tx, id: bigint): Promise<unknown> =>
  tx.query('select from webhook_endpoint where company_id = $1 and id = $2 for update', [tx.companyId, id])

/** Adds an endpoint and returns it with its secret, which is told this once. Refuses `webhook_url_refused`. */
export async function addEndpoint(tx: Tx, wanted: NewEndpoint, reach: Reach): Promise<Endpoint & { secret: string }> {
  refuseWrongUrl(wanted.url, reach)
  const secret = newSecret()
  const added = only(
    await tx.query<Endpoint>(
      `insert into webhook_endpoint (company_id, url, description, event_types, secret) values ($1, $2, $3, $4::text[], $5)
         returning ${columns}`,
      [tx.companyId, wanted.url, wanted.description ?? '', column(wanted.eventTypes, (type) => type), secret],
    ),
  )
  return { ...added, secret }
}

export type EndpointChange = Partial<NewEndpoint> & { state?: 'enabled' | 'disabled' | 'removed' }

/** Changes an endpoint; enabled again, it is given its days anew. Refuses `webhook_endpoint_unknown`, `webhook_url_refused`. */
export async function changeEndpoint(tx: Tx, id: bigint, change: EndpointChange, reach: Reach): Promise<Endpoint> {
  if (change.url !== undefined) refuseWrongUrl(change.url, reach)
  const [changed] = await tx.query<Endpoint>(
    `update webhook_endpoint set url = coalesce($3, url), description = coalesce($4, description),
        event_types = coalesce($5::text[], event_types), state = coalesce($6, state),
        disabled_reason = case when $6 = 'disabled' then 'by hand' when $6 = 'enabled' then '' else disabled_reason end,
        enabled_at = case when $6 = 'enabled' and state <> 'enabled' then now() else enabled_at end
      where company_id = $1 and id = $2 and state <> 'removed' returning ${columns}`,
    [
      tx.companyId,
      id,
      change.url ?? null,
      change.description ?? null,
      change.eventTypes === undefined ? null : column(change.eventTypes, (type) => type),
      change.state ?? null,
    ],
  )
  if (changed === undefined) throw new Refusal('webhook_endpoint_unknown', { id })
  return changed
}

/** Gives an endpoint a new secret. For a day what is sent is signed by the previous one as well. Refuses `webhook_endpoint_unknown`. */
export async function rotateSecret(tx: Tx, id: bigint): Promise<Endpoint & { secret: string }> {
  const secret = newSecret()
  const [changed] = await tx.query<Endpoint>(
    `update webhook_endpoint set secret = $3, previous_secret = secret, previous_secret_until = now() + interval '24 hours'
       where company_id = $1 and id = $2 and state <> 'removed' returning ${columns}`,
    [tx.companyId, id, secret],
  )
  if (changed === undefined) throw new Refusal('webhook_endpoint_unknown', { id })
  return { ...changed, secret }
}
