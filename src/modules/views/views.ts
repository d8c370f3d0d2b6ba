import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'

/** How somebody looks at a list: the query of its address, such as `open=true&sort=-issuedOn`, and the columns that it shows, in order. */
export type ViewRequest = {
  area: string
  name: string
  query: string
  columns: readonly string[]
  shared: boolean
  isDefault: boolean
}

export type SavedView = Omit<ViewRequest, 'columns'> & {
  id: string
  columns: string[]
  /** The person: `user:7`. */
  owner: string
  mine: boolean
  changedAt: string
}

const columns = `id::text, area, name, query, columns, shared, owner, owner = person_of(current_actor()) as mine,
  exists (select from default_view d where d.company_id = saved_view.company_id and d.view_id = saved_view.id
    and d.person = person_of(current_actor())) as "isDefault", ${utcMoment('changed_at')} as "changedAt"`
const visible = 'company_id = $1 and not removed and (shared or owner = person_of(current_actor()))'

/** The views that whoever acts has or shares, of one area or of all: their own first, by name. */
export const savedViews = (tx: Tx, area?: string): Promise<SavedView[]> =>
  tx.query<SavedView>(
    `select ${columns} from saved_view where ${visible} and ($2::text is null or area = $2) order by area, not (owner = person_of(current_actor())), name, id`,
    [tx.companyId, area ?? null],
  )

/** Refuses `view_unknown`, also for what somebody else keeps to themselves. */
export async function viewById(tx: Tx, id: bigint): Promise<SavedView> {
  const [view] = await tx.query<SavedView>(`select ${columns} from saved_view where ${visible} and id = $2`, [
    tx.companyId,
    id,
  ])
  if (view === undefined) throw new Refusal('view_unknown', { id })
  return view
}

/** Locks a view until the transaction ends, so that nobody else changes it between a look and a change. */
export async function lockView(tx: Tx, id: bigint): Promise<void> {
  await tx.query('select from saved_view v where v.company_id = $1 and v.id = $2 for update of v', [tx.companyId, id])
}

/** Saves views and returns them in order. Refuses `view_exists` for a name that the person has in the area already. */
export async function saveViews(tx: Tx, views: readonly ViewRequest[]): Promise<SavedView[]> {
  const saved = await tx.query<SavedView & { place: number }>(
    `with given as (
        select * from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bool[]) with ordinality
          as v (area, name, query, columns, shared, place)
      )
      insert into saved_view (company_id, area, name, query, columns, shared)
        select $1, area, name, query, columns, shared from given order by place
      returning ${columns}`,
    [
      tx.companyId,
      column(views, (view) => view.area),
      column(views, (view) => view.name),
      column(views, (view) => view.query),
      column(views, (view) => JSON.stringify(view.columns)),
      column(views, (view) => view.shared),
    ],
  )
  const results = views.map(
    ({ area, name, isDefault }) =>
      ({ ...saved.find((view) => view.area === area && view.name === name), isDefault }) as SavedView,
  )
  // Of several in one list that say so, the last is it.
  const begun = new Map(results.filter(({ isDefault }) => isDefault).map((view) => [view.area, view.id]))
  await beginWith(tx, [...begun.values()])
  return results.map((view) => ({ ...view, isDefault: begun.get(view.area) === view.id }))
}

/** Has whoever acts begin each list with a view of it. */
const beginWith = (tx: Tx, ids: readonly string[]): Promise<unknown> =>
  tx.query(
    `insert into default_view (company_id, area, view_id)
       select company_id, area, id from saved_view where company_id = $1 and id = any ($2::bigint[])
       on conflict (company_id, person, area) do update set view_id = excluded.view_id`,
    [tx.companyId, column(ids, (id) => id)],
  )

const beginWithout = (tx: Tx, id: bigint): Promise<unknown> =>
  tx.query(
    'update default_view set view_id = null where company_id = $1 and view_id = $2 and person = person_of(current_actor())',
    [tx.companyId, id],
  )

export type ViewChange = {
  name?: string
  query?: string
  columns?: readonly string[]
  shared?: boolean
  /** Whether whoever acts begins the list with it, which each says of any that they see. */
  isDefault?: boolean
}

/** Changes a view; what the change does not name stays. `mayChangeShared`: also those that others share. Refuses `view_of_another`. */
export async function changeView(
  tx: Tx,
  id: bigint,
  { isDefault, ...change }: ViewChange,
  mayChangeShared: boolean,
): Promise<void> {
  if (isDefault !== undefined) {
    const view = await viewById(tx, id)
    await (isDefault ? beginWith(tx, [view.id]) : beginWithout(tx, id))
  }
  if (Object.values(change).every((value) => value === undefined)) return
  await refuseOfAnother(tx, id, mayChangeShared)
  await tx.query(
    `update saved_view set name = coalesce($3, name), query = coalesce($4, query), columns = coalesce($5::jsonb, columns),
        shared = coalesce($6, shared), changed_at = now()
      where company_id = $1 and id = $2`,
    [
      tx.companyId,
      id,
      change.name ?? null,
      change.query ?? null,
      change.columns === undefined ? null : JSON.stringify(change.columns),
      change.shared ?? null,
    ],
  )
}

/** Removes a view. Refuses `view_of_another`. */
export async function removeView(tx: Tx, id: bigint, mayChangeShared: boolean): Promise<void> {
  await refuseOfAnother(tx, id, mayChangeShared)
  await tx.query('update saved_view set removed = true, changed_at = now() where company_id = $1 and id = $2', [
    tx.companyId,
    id,
  ])
}

async function refuseOfAnother(tx: Tx, id: bigint, mayChangeShared: boolean): Promise<void> {
  const { mine, name } = await viewById(tx, id)
  if (!mine && !mayChangeShared) throw new Refusal('view_of_another', { view: name })
}
