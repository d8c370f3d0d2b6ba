-- What lists and reports read of a company with a million documents in a fraction of a second.

-- Sales are told apart by customer, too, and whole years are summed: a year by customer is a row a customer.
alter table sales_activity drop constraint sales_activity_dimension_is_known;
alter table sales_activity add constraint sales_activity_dimension_is_known check (dimension in ('whole', 'item', 'customer', 'channel', 'country'));
alter table sales_activity drop constraint sales_activity_grain_is_known;
alter table sales_activity add constraint sales_activity_grain_is_known check (grain in ('day', 'month', 'year'));
comment on column sales_activity.key is 'the id of the item, customer or channel, or the code of the country; empty where there is none';
truncate sales_activity;
alter table sales_activity add column facts bigint not null;
comment on column sales_activity.facts is 'how many documents it sums, or lines where items are told apart';
-- Sums of a day or month are changed while more comes in for it: beside the row, where the page has room.
alter table sales_activity set (fillfactor = 80);
-- All of it is folded once more.
alter table sales_unfolded no force row level security;
alter table sales_document no force row level security;
insert into sales_unfolded (company_id, document_id) select company_id, id from sales_document where kind in ('invoice', 'credit_note')
  on conflict do nothing;
alter table sales_unfolded force row level security;
alter table sales_document force row level security;

-- The items of documents say of which one, and of what day, so that the documents that are open are read in their order.
alter table open_item no force row level security;
alter table sales_document no force row level security;
alter table open_item add column document_id bigint, add column issued_on date;
update open_item i set document_id = d.id, issued_on = d.issued_on from sales_document d
  where i.source_kind = 'sales_document' and d.company_id = i.company_id and d.id = i.source_id::bigint;
alter table open_item force row level security;
alter table sales_document force row level security;
comment on column open_item.issued_on is 'when its document was issued, which may be before the day on which it was posted';
alter table open_item add constraint open_item_names_its_document
  check (document_id is not distinct from case when source_kind = 'sales_document' then source_id::bigint end and (document_id is null) = (issued_on is null));
create index open_item_of_open_document on open_item (company_id, issued_on, document_id) include (due_on)
  where document_id is not null and applied_minor <> amount_minor;

-- What is open is summed by party from this index alone.
drop index open_item_still_open;
create index open_item_still_open on open_item (company_id, due_on, id)
  include (ledger, party_id, opened_on, currency, amount_minor, applied_minor, base_minor, applied_base_minor)
  where applied_minor <> amount_minor;

-- What was open on a day and settled after it is read from the applications after it, of items that were there: without a look at the items of all the others.
alter table open_item no force row level security;
alter table open_item_application no force row level security;
alter table open_item_application add column debit_opened_on date, add column credit_opened_on date;
alter table open_item_application disable trigger append_only;
update open_item_application a set debit_opened_on = d.opened_on, credit_opened_on = c.opened_on from open_item d, open_item c
  where d.company_id = a.company_id and d.id = a.debit_item_id and c.company_id = a.company_id and c.id = a.credit_item_id;
alter table open_item_application enable trigger append_only;
alter table open_item_application alter column debit_opened_on set not null, alter column credit_opened_on set not null;
alter table open_item force row level security;
alter table open_item_application force row level security;
drop index open_item_application_by_day;
create index open_item_application_by_day on open_item_application (company_id, applied_on)
  include (debit_item_id, debit_opened_on, credit_item_id, credit_opened_on, amount_minor);

-- What is summed by the role or class of an account would be told of another one: neither ever changes.
create function keep_account_kind() returns trigger language plpgsql as $$
begin
  raise exception 'the role and the class of account % stay as they are', old.code
    using errcode = 'restrict_violation', constraint = 'account_kind_stays';
end $$;
create trigger kind_stays before update on account for each row
  when (old.role is distinct from new.role or old.class <> new.class) execute function keep_account_kind();

-- What is called just so, and what begins so, is found first however much holds the same letters; and suppliers as well as customers.
create index party_by_lower_number on party (company_id, kind, lower(number) text_pattern_ops);
create index party_by_lower_name on party (company_id, kind, lower(name) text_pattern_ops);
create index item_by_lower_code on item (company_id, lower(code) text_pattern_ops);
create index item_by_lower_name on item (company_id, lower(name) text_pattern_ops);
create or replace function search_company(words text, kinds text[], most integer)
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
  if kinds && array['customer', 'supplier'] then
    return query
      select c.kind, c.id, c.name, concat_ws(' · ', c.number, c.country), null::date, null::bigint, null::text, c.rank from (
        select k.kind, p.id, p.name, p.number, p.country, x.rank, row_number() over (partition by k.kind order by x.rank desc, length(p.name), p.name, p.id) as place
          from (select unnest(array['customer', 'supplier']) as kind intersect select unnest(kinds)) k
          cross join lateral (
            (select p.id from party p where p.company_id = own and p.kind = k.kind and lower(p.number) ~>=~ sought and lower(p.number) ~<~ beyond
              order by lower(p.number) using ~<~ limit most)
            union
            (select p.id from party p where p.company_id = own and p.kind = k.kind and lower(p.name) ~>=~ sought and lower(p.name) ~<~ beyond
              order by lower(p.name) using ~<~ limit most)
            union
            (select p.id from party p
              where p.company_id = own and p.kind = k.kind
                and (lower(p.number || ' ' || p.name) like begins or lower(p.number || ' ' || p.name) like anywhere)
              limit 200)
            union
            select s.id from (
              select p.id from party p where p.company_id = own and p.kind = k.kind and sought <% lower(p.number || ' ' || p.name) limit 200
            ) s where length(sought) > 3
          ) f
          join party p on p.company_id = own and p.id = f.id
          cross join lateral (select
            case when lower(p.number) = sought or lower(p.name) = sought then 1.0
              when starts_with(lower(p.number), sought) or starts_with(lower(p.name), sought) then 0.85
              when lower(p.name) like later then 0.8 when lower(p.number || ' ' || p.name) like anywhere then 0.7
              else 0.6 * word_similarity(sought, lower(p.number || ' ' || p.name)) end::float8 as rank) x
      ) c where c.place <= most order by c.kind, c.place;
  end if;
  if 'item' = any (kinds) then
    return query
      select 'item', c.id, c.name, c.code, null::date, null::bigint, null::text,
          case when lower(c.code) = sought or lower(c.name) = sought then 1.0
            when starts_with(lower(c.code), sought) or starts_with(lower(c.name), sought) then 0.85
            when lower(c.name) like later then 0.8 when lower(c.code || ' ' || c.name) like anywhere then 0.7
            else 0.6 * word_similarity(sought, lower(c.code || ' ' || c.name)) end::float8
        from (
          (select i.id from item i where i.company_id = own and lower(i.code) ~>=~ sought and lower(i.code) ~<~ beyond
            order by lower(i.code) using ~<~ limit most)
          union
          (select i.id from item i where i.company_id = own and lower(i.name) ~>=~ sought and lower(i.name) ~<~ beyond
            order by lower(i.name) using ~<~ limit most)
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

-- The same as before, found entry by entry: row-level security lets no condition into an index that a cast of another row's text stands in, so that what one entry
-- sold without tax was looked for among all taxes of documents.
create or replace view untaxed_sale with (security_invoker = true) as
  select e.company_id, e.id as entry_id, e.posted_on, x.tax_code_id,
      case when d.currency = c.base_currency then x.base_minor else round(x.base_minor * r.amount_minor / r.currency_amount_minor)::bigint end as base_minor
    from journal_entry e
    cross join lateral (
      select document_id, tax_code_id, base_minor from sales_document_tax
        where company_id = e.company_id and document_id = case when e.source_kind = 'sales_document' then e.source_id::bigint end and tax_minor = 0 offset 0
    ) x
    cross join lateral (select currency from sales_document where company_id = e.company_id and id = x.document_id offset 0) d
    join company c on c.id = e.company_id
    left join lateral (
      select sum(amount_minor) as amount_minor, nullif(sum(currency_amount_minor), 0) as currency_amount_minor from journal_line
        where d.currency <> c.base_currency and company_id = e.company_id and entry_id = e.id and currency = d.currency
          and sign(amount_minor) = sign(x.base_minor)
    ) r on true
    where e.source_kind = 'sales_document' and e.rule in ('invoice-issued', 'credit-note-issued');
