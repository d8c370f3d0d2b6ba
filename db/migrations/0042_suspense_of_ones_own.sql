-- Where a company gave unexplained sales an account of its own, they are in suspense there as they are on the chart's. Until now such a mapping closed
-- their exceptions, though nobody had said what they are.
alter table account no force row level security;
alter table mapping_rule no force row level security;
alter table journal_line no force row level security;
alter table sales_document_line no force row level security;
alter table sales_document no force row level security;
alter table exception no force row level security;
alter table exception_note no force row level security;
with own as (
  select distinct a.company_id, a.id from account a
    join mapping_rule m on m.company_id = a.company_id and m.account_id = a.id and m.role = 'sales_suspense'
    where a.role is null
), suspense as (
  select company_id, id from own
  union
  select a.company_id, a.id from account a where a.role = 'sales_suspense' and a.company_id in (select company_id from own)
), standing as (
  select x.company_id, x.id, -sum(l.currency_amount_minor)::bigint as amount_minor, bool_or(l.account_id in (select id from own)) as moved
    from suspense a
    join journal_line l on l.company_id = a.company_id and l.account_id = a.id
    join sales_document_line s on s.company_id = l.company_id and s.document_id = l.document_id and s.line_no = l.document_line_no
      and s.role = 'sales_suspense'
    join sales_document o on o.company_id = s.company_id and o.id = s.document_id
    cross join lateral (values
      ('unknown_code', upper(btrim(s.code, E' \t\r\n\u00a0'))),
      ('unknown_tax', case when s.code = 'TAX' then s.description end),
      ('total_differs', case when s.code = 'DIFFERENCE' then o.number end)
    ) as about (kind, subject)
    join exception x on x.company_id = a.company_id and x.kind = about.kind and x.source = o.source and x.subject = about.subject
      and x.currency = l.currency
    group by 1, 2
), again as (
  update exception x
    set state = case when x.state = 'resolved' then 'open' else x.state end, amount_minor = s.amount_minor,
        closed_by = case when x.state = 'dismissed' then x.closed_by end, closed_at = case when x.state = 'dismissed' then x.closed_at end,
        resolution = case when x.state = 'dismissed' then x.resolution else '' end, notified_at = null
    from standing s, exception before
    where x.company_id = s.company_id and x.id = s.id and s.moved and s.amount_minor <> 0 and before.company_id = x.company_id and before.id = x.id
    returning x.company_id, x.id, before.state
)
insert into exception_note (company_id, exception_id, kind, author, body)
  select company_id, id, 'reopened', 'Countinghouse', 'What it is about is in suspense again' from again where state = 'resolved';
alter table account force row level security;
alter table mapping_rule force row level security;
alter table journal_line force row level security;
alter table sales_document_line force row level security;
alter table sales_document force row level security;
alter table exception force row level security;
alter table exception_note force row level security;

-- What was planned of a company's identity can be taken away until its day comes: it stays recorded, and never holds.
create table company_identity_withdrawal (
  company_id bigint not null,
  version integer not null,
  author text not null default current_actor(),
  withdrawn_at timestamptz not null default now(),
  primary key (company_id, version),
  foreign key (company_id, version) references company_identity (company_id, version)
);
select protect_company_table('company_identity_withdrawal');
select protect_append_only('company_identity_withdrawal');
grant select, insert on company_identity_withdrawal to countinghouse_app;
select audit_table('company_identity_withdrawal');

-- The version that holds on a day: of those that begin latest the one recorded last, so that a correction of the past leaves what was planned after it.
create or replace function company_identity_on(day date) returns integer
  language sql stable
  set search_path = public, pg_temp
as $$
  select i.version from company_identity i
    where i.company_id = current_company() and i.effective_from <= day
      and not exists (select from company_identity_withdrawal w where w.company_id = i.company_id and w.version = i.version)
    order by i.effective_from desc, i.version desc limit 1
$$;

-- Which entries a rate was used by is asked of the rate.
create index entry_rate_of_rate on entry_rate (company_id, currency, source, day);
