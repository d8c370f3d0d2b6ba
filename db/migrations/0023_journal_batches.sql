-- What one statement has written into the journal and no sealer has looked at yet: the first and the last id of its entries, with what others
-- wrote between the two. The sealer looks there alone and takes the row away, so that it costs by what is new and not by what is there.
-- At the commit of its transaction a batch is looked through for entries without lines: one trigger for a batch, where one for every entry
-- took a thirtieth of the time of posting.
create table journal_batch (
  company_id bigint not null references company,
  first_entry_id bigint not null,
  last_entry_id bigint not null,
  primary key (company_id, first_entry_id),
  foreign key (company_id, first_entry_id) references journal_entry (company_id, id),
  foreign key (company_id, last_entry_id) references journal_entry (company_id, id)
);
select protect_company_table('journal_batch');
grant select on journal_batch to countinghouse_app;

-- Row-level security holds for a migration too, so it goes company by company.
do $$
declare
  one record;
begin
  for one in select id from company loop
    perform set_config('countinghouse.company_id', one.id::text, true);
    insert into journal_batch (company_id, first_entry_id, last_entry_id)
      select one.id, min(e.id), max(e.id) from journal_entry e
        where e.company_id = one.id and not exists (select from journal_seal s where s.company_id = e.company_id and s.entry_id = e.id)
        having count(*) > 0;
  end loop;
  perform set_config('countinghouse.company_id', '', true);
end $$;

create or replace function journal_entry_guard() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  broken record;
begin
  if current_setting('transaction_isolation') in ('repeatable read', 'serializable') then
    raise exception 'entries are posted in read committed transactions, not %', current_setting('transaction_isolation')
      using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock_shared(posting_lock_key(c.company_id)) from (select distinct company_id from new_entry) c;
  select e.company_id, e.posted_on, p.starts_on into broken from (select distinct company_id, posted_on from new_entry) e
    join accounting_period p on p.company_id = e.company_id and p.state = 'closed' and e.posted_on between p.starts_on and p.ends_on
    limit 1;
  if found then
    raise exception 'the period of % is closed', broken.posted_on using errcode = 'check_violation', constraint = 'period_closed';
  end if;
  insert into journal_batch (company_id, first_entry_id, last_entry_id)
    select company_id, min(id), max(id) from new_entry group by company_id;
  return null;
end $$;

-- Both look-ups go by their keys: a plan that was made while the tables were empty, and is kept, would read them whole.
create function journal_batch_has_lines() returns trigger
  language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  bare bigint;
begin
  select e.id into bare from journal_entry e
    where e.company_id = new.company_id and e.id between new.first_entry_id and new.last_entry_id
      and not exists (select from journal_line l where l.company_id = e.company_id and l.entry_id = e.id and l.line_no = 1 offset 0)
    order by e.id limit 1;
  if found then
    raise exception 'entry % has no lines', bare using errcode = 'check_violation', constraint = 'journal_entry_is_whole';
  end if;
  return null;
end $$;

drop trigger journal_entry_has_lines on journal_entry;
drop function journal_entry_has_lines();
create constraint trigger journal_batch_has_lines after insert on journal_batch
  deferrable initially deferred for each row execute function journal_batch_has_lines();
