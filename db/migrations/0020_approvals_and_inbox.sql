-- Approvals: everything by hand that a rule can concern waits, once each -----------------------------------------------

alter table approval_request drop constraint approval_request_kind_is_known;
alter table approval_request
  add column subject text,
  add constraint approval_request_kind_is_known
    check (kind in ('journal', 'draft', 'reversal', 'reclassification', 'recurring_day', 'period_reopening', 'approval_rule'));
comment on column approval_request.subject is 'what is asked for, by the name that it has in the books; null where it has none';
create unique index approval_request_waits_once on approval_request (company_id, kind, subject) where state = 'pending';

-- A due day above the limit waits for a second person; the days after it are not held up.
alter table recurring_journal_day drop constraint recurring_journal_day_state_is_known;
alter table recurring_journal_day
  add constraint recurring_journal_day_state_is_known check (state in ('posted', 'refused', 'passed', 'waiting'));

create function announce_approvals() returns trigger language plpgsql as $$
begin
  if not listened_to((select company_id from new_row limit 1)) then return null; end if;
  perform announce(company_id, array_agg('approval.requested'::text order by id),
      array_agg(jsonb_build_object('approvalId', id::text, 'kind', kind) order by id))
    from new_row group by company_id;
  return null;
end $$;
create trigger announce after insert on approval_request
  referencing new table as new_row for each statement execute function announce_approvals();

create function announce_decisions() returns trigger language plpgsql as $$
begin
  if not listened_to((select company_id from new_row limit 1)) then return null; end if;
  perform announce(n.company_id, array_agg('approval.decided'::text order by n.id),
      array_agg(jsonb_build_object('approvalId', n.id::text, 'kind', n.kind, 'decision', n.state) order by n.id))
    from new_row n join old_row o on o.company_id = n.company_id and o.id = n.id
    where n.state <> 'pending' and o.state = 'pending' group by n.company_id;
  return null;
end $$;
create trigger announce_decided after update on approval_request
  referencing old table as old_row new table as new_row for each statement execute function announce_decisions();

-- Exceptions -----------------------------------------------------------------------------------------------------------

-- What became of an exception: it was resolved, opened again, or handed on because nobody had closed it in time.
create or replace function announce_resolutions() returns trigger language plpgsql as $$
begin
  if not listened_to((select company_id from new_row limit 1)) then return null; end if;
  perform announce(c.company_id, array_agg(c.type order by c.id), array_agg(c.subject order by c.id))
    from (
      select n.company_id, n.id, t.type,
          jsonb_build_object('exceptionId', n.id::text, 'kind', n.kind, 'source', n.source)
            || case when t.type = 'exception.escalated' then jsonb_build_object('step', n.escalations) else '{}' end as subject
        from new_row n join old_row o on o.company_id = n.company_id and o.id = n.id
        cross join lateral (
          select case
            when n.state = 'resolved' and o.state <> 'resolved' then 'exception.resolved'
            when n.state = 'open' and o.state in ('resolved', 'dismissed') then 'exception.opened'
            when n.escalations > o.escalations then 'exception.escalated'
          end as type
        ) t
        where t.type is not null
    ) c group by c.company_id;
  return null;
end $$;

-- How a company wants to be told of its exceptions.
create table exception_setting (
  company_id bigint not null references company,
  digest_hour int not null constraint exception_setting_hour_is_of_a_day check (digest_hour between 0 and 23),
  primary key (company_id)
);
comment on column exception_setting.digest_hour is 'from this hour on, in the time zone of the company, the digest of a day goes out; 7 where a company has no row';
select protect_company_table('exception_setting');
select audit_table('exception_setting');
grant select, insert, update on exception_setting to countinghouse_app;

-- What a document that the books refused said in its file, so that it can be tried again without the file. It may name people, so it is kept only
-- as long as somebody is to look at it.
create table refused_content (
  company_id bigint not null references company,
  exception_id bigint not null,
  format text not null,
  content jsonb,
  kept_at timestamptz not null default now(),
  primary key (company_id, exception_id),
  foreign key (company_id, exception_id) references exception (company_id, id)
);
comment on column refused_content.content is 'the rows of the file, their places, and the run and files that they are of; null once the exception was closed';
select protect_company_table('refused_content');
grant select, insert, update on refused_content to countinghouse_app;

create function forget_refused_content() returns trigger language plpgsql as $$
begin
  update refused_content r set content = null
    from new_row n join old_row o on o.company_id = n.company_id and o.id = n.id
    where n.state in ('resolved', 'dismissed') and o.state not in ('resolved', 'dismissed') and n.kind = 'document_refused'
      and r.company_id = n.company_id and r.exception_id = n.id and r.content is not null;
  return null;
end $$;
create trigger forget_content after update on exception
  referencing old table as old_row new table as new_row for each statement execute function forget_refused_content();

-- Letters ----------------------------------------------------------------------------------------------------------------

-- A letter with a link that is good once keeps its words only until it has been sent or given up.
alter table mail_outbox
  add column secret boolean not null default false,
  add constraint mail_outbox_forgets_secrets check (not secret or state = 'waiting' or body = '');
