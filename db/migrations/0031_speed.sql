-- Folding the activity of a large import. Entries that were written together have ids beside each other: their lines, and the documents that these name, are then
-- read as ranges of the index in place of one by one. Every fold is planned for what it folds, since plans made for small journals are ruinous for large ones.
create or replace function fold_activity(most integer) returns bigint language plpgsql set work_mem = '64MB' as $$
declare
  own constant bigint := current_company();
  done bigint;
  upto bigint;
  lowest bigint;
  highest bigint;
  entries bigint;
  lines text := 'select l.* from journal_seal s
    cross join lateral (
      select account_id, posted_on, item_id, channel_id, document_id, amount_minor from journal_line where company_id = $1 and entry_id = s.entry_id offset 0
    ) l
    where s.company_id = $1 and s.position > $2 and s.position <= $3';
begin
  if not pg_try_advisory_xact_lock(hashtextextended('countinghouse.activity', own)) then return 0; end if;
  select coalesce(max(f.position), 0) into done from activity_fold f where f.company_id = own;
  select max(s.position), min(s.entry_id), max(s.entry_id), count(*) into upto, lowest, highest, entries from (
    select position, entry_id from journal_seal where company_id = own and position > done order by position limit most
  ) s;
  if upto is null then return 0; end if;
  if highest - lowest < 4 * entries then
    lines := format('select l.account_id, l.posted_on, l.item_id, l.channel_id, l.document_id, l.amount_minor from journal_line l
      join journal_seal s on s.company_id = $1 and s.entry_id = l.entry_id and s.position > $2 and s.position <= $3
      where l.company_id = $1 and l.entry_id between %s and %s', lowest, highest);
  end if;
  execute format('
    with line as materialized (
      select l.* from (%s) l join account c on c.company_id = $1 and c.id = l.account_id and c.class in (''income'', ''expense'')
    ), document as materialized (
      select n.document_id, d.country from (select distinct document_id from line where document_id is not null) n
        cross join lateral (select country from sales_document where company_id = $1 and id = n.document_id offset 0) d
        where d.country is not null
    ), summed as materialized (
      select ''item'' as dimension, posted_on, account_id, item_id::text as key, sum(amount_minor) as amount_minor
        from line where item_id is not null group by posted_on, account_id, item_id
      union all
      select ''channel'', posted_on, account_id, channel_id::text, sum(amount_minor) from line where channel_id is not null group by posted_on, account_id, channel_id
      union all
      select ''country'', l.posted_on, l.account_id, d.country, sum(l.amount_minor)
        from line l join document d on d.document_id = l.document_id group by l.posted_on, l.account_id, d.country
    )
    insert into account_activity as a (company_id, dimension, grain, starts_on, account_id, key, amount_minor)
      select $1, dimension, ''day'', posted_on, account_id, key, amount_minor from summed
      union all
      select $1, dimension, ''month'', date_trunc(''month'', posted_on)::date, account_id, key, sum(amount_minor)
        from summed group by dimension, date_trunc(''month'', posted_on), account_id, key
      order by 2, 3, 4, 5, 6
      on conflict (company_id, dimension, grain, starts_on, account_id, key) do update set amount_minor = a.amount_minor + excluded.amount_minor', lines)
    using own, done, upto;
  insert into activity_fold as f (company_id, position) values (own, upto)
    on conflict (company_id) do update set position = excluded.position;
  return upto - done;
end $$;
-- Only the fold writes these, for the company of its transaction: asking for each of a million rows whether that company is there took a sixth of its time.
alter table account_activity drop constraint account_activity_company_id_fkey;
