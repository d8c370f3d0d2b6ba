-- What moved on the accounts of profit and loss, by what its lines name: by item, by channel, and by the country of their document, by day and by
-- month. It is folded from the sealed journal, in the order of the seals and up to the position that `activity_fold` names, so that posting
-- writes nothing more for it. Reports add the lines of what was sealed after that, and of what is not sealed yet: a fold changes no figure.
create table account_activity (
  company_id bigint not null references company,
  dimension text not null constraint account_activity_dimension_is_known check (dimension in ('item', 'channel', 'country')),
  grain text not null constraint account_activity_grain_is_known check (grain in ('day', 'month')),
  starts_on date not null,
  account_id bigint not null,
  key text not null,
  amount_minor bigint not null,
  primary key (company_id, dimension, grain, starts_on, account_id, key)
);
create index account_activity_of_key on account_activity (company_id, dimension, key, starts_on) include (account_id) where grain = 'day';
comment on column account_activity.key is 'the id of the item or channel, or the code of the country';
create table activity_fold (
  company_id bigint not null references company,
  position bigint not null,
  primary key (company_id)
);
comment on column activity_fold.position is 'of the last seal whose entry is folded';
select protect_company_table(name) from unnest(array['account_activity', 'activity_fold']::regclass[]) name;
grant select on account_activity, activity_fold to countinghouse_app;

-- Folds the entries of the next seals, at most so many, and returns how many they were. Folds of one company wait for none other: one at work is enough.
create function fold_activity(most integer) returns bigint language plpgsql as $$
declare
  done bigint;
  upto bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('countinghouse.activity', current_company())) then return 0; end if;
  select coalesce(max(f.position), 0) into done from activity_fold f where f.company_id = current_company();
  select max(s.position) into upto from (
    select position from journal_seal where company_id = current_company() and position > done order by position limit most
  ) s;
  if upto is null then return 0; end if;
  with line as materialized (
    -- Looked up entry by entry: a plan that was made while the journal was small would read it whole.
    select l.account_id, l.posted_on, l.item_id, l.channel_id, l.document_id, l.amount_minor
      from journal_seal s
      cross join lateral (
        select account_id, posted_on, item_id, channel_id, document_id, amount_minor from journal_line
          where company_id = current_company() and entry_id = s.entry_id offset 0
      ) l
      join account c on c.company_id = current_company() and c.id = l.account_id and c.class in ('income', 'expense')
      where s.company_id = current_company() and s.position > done and s.position <= upto
  ), document as materialized (
    select account_id, posted_on, document_id, sum(amount_minor) as amount_minor from line where document_id is not null group by 1, 2, 3
  ), summed as materialized (
    select 'item' as dimension, posted_on, account_id, item_id::text as key, sum(amount_minor) as amount_minor
      from line where item_id is not null group by posted_on, account_id, item_id
    union all
    select 'channel', posted_on, account_id, channel_id::text, sum(amount_minor) from line where channel_id is not null group by posted_on, account_id, channel_id
    union all
    select 'country', x.posted_on, x.account_id, d.country, sum(x.amount_minor)
      from document x
      cross join lateral (select country from sales_document where company_id = current_company() and id = x.document_id offset 0) d
      where d.country is not null group by x.posted_on, x.account_id, d.country
  )
  insert into account_activity as a (company_id, dimension, grain, starts_on, account_id, key, amount_minor)
    select current_company(), dimension, 'day', posted_on, account_id, key, amount_minor from summed
    union all
    select current_company(), dimension, 'month', date_trunc('month', posted_on)::date, account_id, key, sum(amount_minor)
      from summed group by dimension, date_trunc('month', posted_on), account_id, key
    on conflict (company_id, dimension, grain, starts_on, account_id, key) do update set amount_minor = a.amount_minor + excluded.amount_minor;
  insert into activity_fold as f (company_id, position) values (current_company(), upto)
    on conflict (company_id) do update set position = excluded.position;
  return upto - done;
end $$;
revoke all on function fold_activity(integer) from public;

-- What is open is summed from the index alone.
drop index open_item_still_open;
create index open_item_still_open on open_item (company_id, due_on, id) include (ledger, base_minor, applied_base_minor)
  where applied_minor <> amount_minor;
-- The credit notes of an invoice, where they were imported.
create index sales_line_link_of_invoice on sales_line_link (company_id, invoice_document_id);

-- Search. The operators of trigrams are not leakproof, so that no index serves them under row-level security: a function of the owner looks, in
-- the rows of the company of the transaction alone, and in the kinds that it is asked for.
create schema if not exists searching;
do $$
declare
  wanted text;
begin
  foreach wanted in array array['pg_trgm', 'btree_gin'] loop
    if exists (select from pg_extension where extname = wanted) then
      execute format('alter extension %I set schema searching', wanted);
    else
      execute format('create extension %I with schema searching', wanted);
    end if;
  end loop;
end $$;
create index party_by_words on party using gin (company_id searching.int8_ops, lower(number || ' ' || name) searching.gin_trgm_ops);
create index item_by_words on item using gin (company_id searching.int8_ops, lower(code || ' ' || name) searching.gin_trgm_ops);
create index sales_document_by_number on sales_document (company_id, lower(number) text_pattern_ops);
create index sales_document_by_order on sales_document (company_id, lower(order_reference) text_pattern_ops) where order_reference is not null;
create index payment_by_reference on payment (company_id, lower(reference) text_pattern_ops);

-- Of each kind at most so many: first what is called just that, then what begins so, then what holds it, then what is written much like it. Numbers
-- and references are found by how they begin, through an index that is cheap to keep; names by any part of them.
create function search_company(words text, kinds text[], most integer)
  returns table (kind text, id bigint, title text, detail text, happened_on date, amount_minor bigint, currency text, rank double precision)
  language plpgsql stable security definer set search_path = public, searching, pg_temp as $$
declare
  own bigint := current_company();
  sought text := lower(btrim(words));
  beyond text := lower(btrim(words)) || chr(1114111);
  plain text := replace(replace(replace(lower(btrim(words)), '\', '\\'), '%', '\%'), '_', '\_');
  begins text := plain || '%';
  later text := '% ' || plain || '%';
  -- One or two letters stand in too many names: they are sought where words begin.
  anywhere text := case when length(plain) < 3 then later else '%' || plain || '%' end;
begin
  if sought = '' then return; end if;
  if 'document' = any (kinds) then
    return query
      select 'document', d.id, d.number, concat_ws(' · ', d.kind, p.name, d.order_reference), d.issued_on, d.net_minor + d.tax_minor, d.currency,
          case when sought in (lower(d.number), lower(d.order_reference)) then 1.0 else 0.9 end::float8
        from (
          select n.id from (
            select x.id from sales_document x where x.company_id = own and lower(x.number) ~>=~ sought and lower(x.number) ~<~ beyond
              order by lower(x.number) using ~<~ limit most
          ) n
          union
          select o.id from (
            select x.id from sales_document x
              where x.company_id = own and x.order_reference is not null
                and lower(x.order_reference) ~>=~ sought and lower(x.order_reference) ~<~ beyond
              order by lower(x.order_reference) using ~<~ limit most
          ) o
        ) f
        join sales_document d on d.company_id = own and d.id = f.id
        left join party p on p.company_id = own and p.id = d.party_id
        order by 8 desc, length(d.number), d.number limit most;
  end if;
  if 'payment' = any (kinds) then
    return query
      select 'payment', y.id, y.reference, concat_ws(' · ', y.kind, y.method, y.source), y.paid_on, y.amount_minor, y.currency,
          case when lower(y.reference) = sought then 1.0 else 0.9 end::float8
        from payment y where y.company_id = own and lower(y.reference) ~>=~ sought and lower(y.reference) ~<~ beyond
        order by lower(y.reference) using ~<~ limit most;
  end if;
  if 'customer' = any (kinds) then
    return query
      select 'customer', c.id, c.name, concat_ws(' · ', c.number, c.country), null::date, null::bigint, null::text,
          case when lower(c.number) = sought or lower(c.name) = sought then 1.0
            when starts_with(lower(c.number), sought) or starts_with(lower(c.name), sought) then 0.85
            when lower(c.name) like later then 0.8 when lower(c.number || ' ' || c.name) like anywhere then 0.7
            else 0.6 * word_similarity(sought, lower(c.number || ' ' || c.name)) end::float8
        from (
          select p.id from party p where p.company_id = own and p.kind = 'customer' and p.number in (btrim(words), upper(btrim(words)))
          union
          select l.id from (
            select p.id from party p
              where p.company_id = own and p.kind = 'customer'
                and (lower(p.number || ' ' || p.name) like begins or lower(p.number || ' ' || p.name) like anywhere)
              limit 200
          ) l
          union
          select s.id from (
            select p.id from party p where p.company_id = own and p.kind = 'customer' and sought <% lower(p.number || ' ' || p.name) limit 200
          ) s where length(sought) > 3
        ) f
        join party c on c.company_id = own and c.id = f.id
        order by 8 desc, length(c.name), c.name limit most;
  end if;
  if 'item' = any (kinds) then
    return query
      select 'item', c.id, c.name, c.code, null::date, null::bigint, null::text,
          case when lower(c.code) = sought or lower(c.name) = sought then 1.0
            when starts_with(lower(c.code), sought) or starts_with(lower(c.name), sought) then 0.85
            when lower(c.name) like later then 0.8 when lower(c.code || ' ' || c.name) like anywhere then 0.7
            else 0.6 * word_similarity(sought, lower(c.code || ' ' || c.name)) end::float8
        from (
          select i.id from item i where i.company_id = own and i.code in (btrim(words), upper(btrim(words)))
          union
          select l.id from (
            select i.id from item i
              where i.company_id = own and (lower(i.code || ' ' || i.name) like begins or lower(i.code || ' ' || i.name) like anywhere) limit 200
          ) l
          union
          select s.id from (
            select i.id from item i where i.company_id = own and sought <% lower(i.code || ' ' || i.name) limit 200
          ) s where length(sought) > 3
        ) f
        join item c on c.company_id = own and c.id = f.id
        order by 8 desc, length(c.name), c.name limit most;
  end if;
  if 'account' = any (kinds) then
    return query
      select 'account', a.id, a.name, a.code, null::date, null::bigint, null::text,
          case when lower(a.code) = sought or lower(a.name) = sought then 1.0
            when starts_with(lower(a.code), sought) or starts_with(lower(a.name), sought) then 0.85
            when lower(a.name) like later then 0.8 when lower(a.name) like anywhere then 0.7 else 0.6 * word_similarity(sought, lower(a.name)) end::float8
        from account a
        where a.company_id = own and (starts_with(lower(a.code), sought) or lower(a.name) like begins or lower(a.name) like anywhere
          or (length(sought) > 3 and sought <% lower(a.name)))
        order by 8 desc, a.code limit most;
  end if;
  if 'entry' = any (kinds) then
    return query
      select 'entry', e.id, coalesce(s.fiscal_year || '-' || s.number, e.id::text), concat_ws(' · ', e.rule, nullif(e.description, '')), e.posted_on,
          null::bigint, null::text, 1.0::float8
        from (
          select x.entry_id as id from journal_seal x
            where x.company_id = own and sought ~ '^[0-9]{4}-[0-9]{1,15}$'
              and x.fiscal_year = case when sought ~ '^[0-9]{4}-[0-9]{1,15}$' then split_part(sought, '-', 1)::int end
              and x.number = case when sought ~ '^[0-9]{4}-[0-9]{1,15}$' then split_part(sought, '-', 2)::bigint end
          union
          select x.id from journal_entry x
            where x.company_id = own and x.source_kind = 'manual_journal' and x.source_id in (btrim(words), upper(btrim(words)), sought)
        ) f
        join journal_entry e on e.company_id = own and e.id = f.id
        left join journal_seal s on s.company_id = own and s.entry_id = e.id
        order by e.id limit most;
  end if;
  if 'import' = any (kinds) then
    return query
      select 'import', r.id, (select string_agg(n ->> 'name', ', ') from jsonb_array_elements(r.files) n), concat_ws(' · ', r.format, r.state),
          r.requested_at::date, null::bigint, null::text, case when lower(r.files::text) like '%"' || plain || '%' then 0.85 else 0.7 end::float8
        from (select * from import_request x where x.company_id = own order by x.id desc limit 500) r
        where lower(r.format) like begins
          or exists (select from jsonb_array_elements(r.files) n where lower(n ->> 'name') like '%' || plain || '%')
        order by 8 desc, r.id desc limit most;
  end if;
end $$;
revoke all on function search_company(text, text[], integer) from public;
grant execute on function search_company(text, text[], integer) to countinghouse_app;

-- How somebody looks at a list: its filters, its order and its columns, under a name. A view is its owner's, or for everybody in the company.
create table saved_view (
  company_id bigint not null references company,
  id bigint generated by default as identity,
  owner text not null default person_of(current_actor()),
  area text not null constraint saved_view_names_an_area check (area ~ '^[a-z][a-z0-9-]{0,59}$'),
  name text not null constraint saved_view_has_name check (btrim(name) <> '' and length(name) <= 200),
  query text not null default '',
  columns jsonb not null default '[]',
  shared boolean not null default false,
  removed boolean not null default false,
  changed_at timestamptz not null default now(),
  primary key (company_id, id)
);
create unique index saved_view_name_once on saved_view (company_id, owner, area, name) where not removed;
create index saved_view_of_area on saved_view (company_id, area) where not removed;
select protect_company_table('saved_view');
grant select, insert on saved_view to countinghouse_app;
grant update (name, query, columns, shared, removed, changed_at) on saved_view to countinghouse_app;
-- What one keeps to oneself is nobody else's to read, in the audit log neither.
create trigger audit_shared after insert on saved_view for each row when (new.shared) execute function write_audit();
create trigger audit_shared_changed after update on saved_view for each row when (old.shared or new.shared) execute function write_audit();

-- Pages of the documents of a country, which may be few among many.
create index sales_document_of_country on sales_document (company_id, country, issued_on, id) where country is not null;
