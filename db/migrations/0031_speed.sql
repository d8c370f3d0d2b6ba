-- What reports of tax, cash and sales read is folded by day and month, so that they cost the same however many lines and documents there are.

-- What moved on the accounts of tax, by authority and code; and under account 0 the net of documents whose code came to no tax.
create table tax_activity (
  company_id bigint not null,
  grain text not null constraint tax_activity_grain_is_known check (grain in ('day', 'month')),
  starts_on date not null,
  account_id bigint not null,
  authority text not null,
  tax_code_id bigint not null,
  base_minor bigint not null,
  amount_minor bigint not null,
  lines bigint not null,
  primary key (company_id, grain, starts_on, account_id, authority, tax_code_id)
);
comment on column tax_activity.account_id is '0 for what was sold without tax';
comment on column tax_activity.authority is 'empty where lines name none';
comment on column tax_activity.tax_code_id is '0 where lines name none';

-- What moved on each account in entries of one shape: all that have lines on just these accounts.
create table shape_activity (
  company_id bigint not null,
  grain text not null constraint shape_activity_grain_is_known check (grain in ('day', 'month')),
  starts_on date not null,
  accounts bigint[] not null,
  account_id bigint not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  primary key (company_id, grain, starts_on, accounts, account_id)
);
comment on column shape_activity.accounts is 'the accounts of the entries, in order';

-- What the sales report sums of invoices and credit notes.
create table sales_activity (
  company_id bigint not null,
  dimension text not null constraint sales_activity_dimension_is_known check (dimension in ('whole', 'item', 'channel', 'country')),
  grain text not null constraint sales_activity_grain_is_known check (grain in ('day', 'month')),
  starts_on date not null,
  key text not null,
  currency text not null,
  quantity numeric not null,
  sales_minor bigint not null,
  returns_minor bigint not null,
  discounts_minor bigint not null,
  shipping_minor bigint not null,
  tax_minor bigint not null,
  primary key (company_id, dimension, grain, starts_on, key, currency)
);
comment on column sales_activity.key is 'the id of the item or channel, or the code of the country; empty where there is none';

-- Invoices and credit notes that are not folded yet.
create table sales_unfolded (
  company_id bigint not null,
  document_id bigint not null,
  primary key (company_id, document_id)
);
select protect_company_table(name) from unnest(array['tax_activity', 'shape_activity', 'sales_activity', 'sales_unfolded']::regclass[]) name;
grant select on tax_activity, shape_activity, sales_activity, sales_unfolded to countinghouse_app;

create function note_sales() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into sales_unfolded (company_id, document_id) select company_id, id from new_row where kind in ('invoice', 'credit_note');
  return null;
end $$;
revoke all on function note_sales() from public;
create trigger note_sales after insert on sales_document referencing new table as new_row for each statement execute function note_sales();
-- Those that were issued before are to be folded, too.
alter table sales_unfolded no force row level security;
alter table sales_document no force row level security;
insert into sales_unfolded (company_id, document_id) select company_id, id from sales_document where kind in ('invoice', 'credit_note');
alter table sales_unfolded force row level security;
alter table sales_document force row level security;

-- The net of what an entry sold without tax, by code: read from its document, in base currency at the rate of the entry.
create view untaxed_sale with (security_invoker = true) as
  select e.company_id, e.id as entry_id, e.posted_on, x.tax_code_id,
      case when d.currency = c.base_currency then x.base_minor else round(x.base_minor * r.amount_minor / r.currency_amount_minor)::bigint end as base_minor
    from journal_entry e
    join sales_document_tax x on x.company_id = e.company_id and x.document_id = case when e.source_kind = 'sales_document' then e.source_id::bigint end
      and x.tax_minor = 0
    join sales_document d on d.company_id = e.company_id and d.id = x.document_id
    join company c on c.id = e.company_id
    left join lateral (
      select sum(amount_minor) as amount_minor, nullif(sum(currency_amount_minor), 0) as currency_amount_minor from journal_line
        where company_id = e.company_id and entry_id = e.id and currency = d.currency and sign(amount_minor) = sign(x.base_minor)
    ) r on d.currency <> c.base_currency
    where e.source_kind = 'sales_document' and e.rule in ('invoice-issued', 'credit-note-issued');
grant select on untaxed_sale to countinghouse_app;

-- All of it is folded once more, with what is folded beside it from now on.
truncate account_activity, activity_fold;
-- Only the fold writes these, for the company of its transaction: asking for each of a million rows whether that company is there took a sixth of its time.
alter table account_activity drop constraint account_activity_company_id_fkey;

-- Folds the entries of the next seals, at most so many, and returns how many they were. Entries that were written together have ids beside each other: their lines
-- are then read as a range of the index in place of one by one. It is planned for what it folds: plans made while the journal was small are ruinous later.
create or replace function fold_activity(most integer) returns bigint language plpgsql set work_mem = '64MB' as $fold$
declare
  own constant bigint := current_company();
  done bigint;
  upto bigint;
  lowest bigint;
  highest bigint;
  entries bigint;
  lines text := $$select l.* from journal_seal s
    cross join lateral (select * from journal_line where company_id = $1 and entry_id = s.entry_id offset 0) l
    where s.company_id = $1 and s.position > $2 and s.position <= $3$$;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('countinghouse.activity', own)) then return 0; end if;
  select coalesce(max(f.position), 0) into done from activity_fold f where f.company_id = own;
  select max(s.position), min(s.entry_id), max(s.entry_id), count(*) into upto, lowest, highest, entries from (
    select position, entry_id from journal_seal where company_id = own and position > done order by position limit most
  ) s;
  if upto is null then return 0; end if;
  if highest - lowest < 4 * entries then
    lines := format($$select l.* from journal_line l
      join journal_seal s on s.company_id = $1 and s.entry_id = l.entry_id and s.position > $2 and s.position <= $3
      where l.company_id = $1 and l.entry_id between %s and %s$$, lowest, highest);
  end if;
  execute format($$
    with line as materialized (
      select l.entry_id, l.account_id, l.posted_on, l.item_id, l.channel_id, l.document_id, l.amount_minor, l.tax_code_id, l.tax_authority, l.tax_base_minor,
          c.class in ('income', 'expense') as is_result,
          coalesce(c.role in ('output_tax', 'output_tax_pending', 'input_tax', 'input_tax_pending'), false) as is_tax
        from (%s) l join account c on c.company_id = $1 and c.id = l.account_id
    ), document as materialized (
      select n.document_id, d.country from (select distinct document_id from line where is_result and document_id is not null) n
        cross join lateral (select country from sales_document where company_id = $1 and id = n.document_id offset 0) d
        where d.country is not null
    ), summed as materialized (
      select 'item' as dimension, posted_on, account_id, item_id::text as key, sum(amount_minor) as amount_minor
        from line where is_result and item_id is not null group by posted_on, account_id, item_id
      union all
      select 'channel', posted_on, account_id, channel_id::text, sum(amount_minor) from line where is_result and channel_id is not null
        group by posted_on, account_id, channel_id
      union all
      select 'country', l.posted_on, l.account_id, d.country, sum(l.amount_minor)
        from line l join document d on d.document_id = l.document_id where l.is_result group by l.posted_on, l.account_id, d.country
    ), activity as (
      insert into account_activity as a (company_id, dimension, grain, starts_on, account_id, key, amount_minor)
        select $1, dimension, 'day', posted_on, account_id, key, amount_minor from summed
        union all
        select $1, dimension, 'month', date_trunc('month', posted_on)::date, account_id, key, sum(amount_minor)
          from summed group by dimension, date_trunc('month', posted_on), account_id, key
        order by 2, 3, 4, 5, 6
        on conflict (company_id, dimension, grain, starts_on, account_id, key) do update set amount_minor = a.amount_minor + excluded.amount_minor
    ), taxed as materialized (
      select posted_on, account_id, coalesce(tax_authority, '') as authority, coalesce(tax_code_id, 0) as tax_code_id,
          coalesce(sum(tax_base_minor), 0) as base_minor, sum(amount_minor) as amount_minor, count(*) as lines
        from line where is_tax group by 1, 2, 3, 4
      union all
      select u.posted_on, 0, '', u.tax_code_id, sum(u.base_minor), 0, count(*)
        from (select distinct entry_id from line) e join untaxed_sale u on u.company_id = $1 and u.entry_id = e.entry_id group by 1, 4
    ), tax as (
      insert into tax_activity as a (company_id, grain, starts_on, account_id, authority, tax_code_id, base_minor, amount_minor, lines)
        select $1, 'day', posted_on, account_id, authority, tax_code_id, base_minor, amount_minor, lines from taxed
        union all
        select $1, 'month', date_trunc('month', posted_on)::date, account_id, authority, tax_code_id, sum(base_minor), sum(amount_minor), sum(lines)
          from taxed group by date_trunc('month', posted_on), account_id, authority, tax_code_id
        on conflict (company_id, grain, starts_on, account_id, authority, tax_code_id) do update
          set base_minor = a.base_minor + excluded.base_minor, amount_minor = a.amount_minor + excluded.amount_minor, lines = a.lines + excluded.lines
    ), shape as materialized (
      select entry_id, array_agg(distinct account_id order by account_id) as accounts from line group by entry_id
    ), moved as materialized (
      select s.accounts, l.posted_on, l.account_id, sum(greatest(l.amount_minor, 0)) as debit_minor, sum(greatest(-l.amount_minor, 0)) as credit_minor
        from line l join shape s on s.entry_id = l.entry_id group by 1, 2, 3
    )
    insert into shape_activity as a (company_id, grain, starts_on, accounts, account_id, debit_minor, credit_minor)
      select $1, 'day', posted_on, accounts, account_id, debit_minor, credit_minor from moved
      union all
      select $1, 'month', date_trunc('month', posted_on)::date, accounts, account_id, sum(debit_minor), sum(credit_minor)
        from moved group by date_trunc('month', posted_on), accounts, account_id
      on conflict (company_id, grain, starts_on, accounts, account_id) do update
        set debit_minor = a.debit_minor + excluded.debit_minor, credit_minor = a.credit_minor + excluded.credit_minor$$, lines)
    using own, done, upto;
  insert into activity_fold as f (company_id, position) values (own, upto)
    on conflict (company_id) do update set position = excluded.position;
  return upto - done;
end $fold$;

-- What was open on a day is what is open now and what was settled after it.
create index open_item_application_by_day on open_item_application (company_id, applied_on) include (debit_item_id, credit_item_id, amount_minor);
