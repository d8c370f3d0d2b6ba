import { only, type Tx } from '../kernel/database.ts'

/** How many entries were sealed now, and the head of the chain after it, in hexadecimal; empty for a company without entries. */
export type Sealed = { entries: number; head: string }

/**
 * Numbers the entries that have no number yet, gapless per fiscal year and in order of their day, and appends them to the hash chain.
 * Entries are found by the batches in which they were written, which commit together with them, never as "above the last id", since ids
 * commit out of order. Runs as the owner; sealers of one company wait for each other. Posting waits for none of it.
 */
export async function sealEntries(tx: Tx): Promise<Sealed> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.seal', tx.companyId])
  const { entries, head } = only(await tx.query<{ entries: bigint; head: string | null }>(sealStatement))
  return { entries: Number(entries), head: head ?? '' }
}

const sealStatement = `
  with head as (
    select position, hash from journal_seal where company_id = current_company() order by position desc limit 1
  ), batch as (
    delete from journal_batch where company_id = current_company() returning first_entry_id, last_entry_id
  ), unsealed as (
    select distinct e.id, e.posted_on, fiscal_year(e.posted_on, c.fiscal_year_start_month) as fiscal_year
      from batch b join company c on c.id = current_company()
      cross join lateral (
        select id, posted_on from journal_entry
          where company_id = c.id and id between b.first_entry_id and b.last_entry_id offset 0
      ) e
      where not exists (select from journal_seal s where s.company_id = c.id and s.entry_id = e.id offset 0)
  ), last_number as materialized (
    select u.fiscal_year, (select max(s.number) from journal_seal s where s.company_id = current_company() and s.fiscal_year = u.fiscal_year) as number
      from (select distinct fiscal_year from unsealed) u
  ), ordered as (
    select u.id, u.fiscal_year,
        row_number() over (order by u.posted_on, u.id) as place,
        coalesce(n.number, 0) + row_number() over (partition by u.fiscal_year order by u.posted_on, u.id) as number
      from unsealed u join last_number n on n.fiscal_year = u.fiscal_year
  ), chained as (
    select place, id, fiscal_year, number, hash_chain(start, digest) over (order by place) as hash
      from (
        select 0 as place, null::bigint as id, null::int as fiscal_year, null::bigint as number, (select hash from head) as start, null::bytea as digest
        union all
        select o.place, o.id, o.fiscal_year, o.number, null, d.digest
          from ordered o cross join lateral (
            select digest from journal_entry_digest where company_id = current_company() and entry_id = o.id offset 0
          ) d
      ) links
  ), sealed as (
    insert into journal_seal (company_id, position, fiscal_year, number, entry_id, hash)
      select current_company(), coalesce((select position from head), 0) + place, fiscal_year, number, id, hash
        from chained where place > 0 order by place
      returning position, hash
  )
  select count(*) as entries, encode(coalesce((select hash from sealed order by position desc limit 1), (select hash from head)), 'hex') as head
    from sealed`

/** A seal whose entry no longer says what it said, or that is out of step with its neighbours; or an entry that no sealer would find, at position 0. */
export type BrokenSeal = { position: bigint; entryId: bigint; number: bigint; what: string }

// An entry is sealed, or lies in a batch that the next sealer looks at: any other one would never get a number.
const forgottenStatement = `
  select 0::bigint as position, e.id as "entryId", 0::bigint as number, 'its entry would never be sealed' as what
    from journal_entry e
    where not exists (select from journal_seal s where s.company_id = e.company_id and s.entry_id = e.id)
      and not exists (
        select from journal_batch b where b.company_id = e.company_id and e.id between b.first_entry_id and b.last_entry_id
      )
    order by e.id limit 100`

/**
 * Recomputes the whole chain from the journal and returns the number of seals compared and those that differ, first first, with the entries that no sealer would find. A chain whose
 * end was cut off is in itself whole: only a `head` that was kept elsewhere betrays it.
 */
export async function verifySeals(
  tx: Tx,
  { head = '' }: { head?: string } = {},
): Promise<{ compared: number; broken: BrokenSeal[] }> {
  const { compared, last, found } = only(
    await tx.query<{ compared: bigint; last: BrokenSeal['position']; found: boolean }>(
      `select count(*) as compared, coalesce(max(position), 0) as last, coalesce(bool_or(encode(hash, 'hex') = $1), false) as found
         from journal_seal`,
      [head],
    ),
  )
  const broken = await tx.query<BrokenSeal>(
    `select position, entry_id as "entryId", number, what from (
        select s.position, s.entry_id, s.number,
            case
              when d.digest is null then 'its entry is missing'
              when s.hash is distinct from sha256(coalesce(lag(s.hash) over (order by s.position), ''::bytea) || d.digest) then 'its hash differs'
              when s.position <> row_number() over (order by s.position) then 'a seal before it is missing'
              when s.fiscal_year <> fiscal_year(d.posted_on, c.fiscal_year_start_month) then 'its fiscal year is another'
              when s.number <> row_number() over (partition by s.fiscal_year order by s.position) then 'its number is out of order'
            end as what
          from journal_seal s
          join company c on c.id = s.company_id
          left join journal_entry_digest d on d.company_id = s.company_id and d.entry_id = s.entry_id
      ) compared where what is not null order by position limit 100`,
  )
  broken.push(...(await tx.query<BrokenSeal>(forgottenStatement)))
  if (head !== '' && !found)
    broken.push({ position: last + 1n, entryId: 0n, number: 0n, what: 'the head that was kept is not in the chain' })
  return { compared: Number(compared), broken }
}
