-- Nobody posts the first entry between the look for entries and the change of what the books rest on: posting waits for this lock.
create or replace function keep_company() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.country, new.base_currency, new.chart, new.fiscal_year_start_month)
      is not distinct from (old.country, old.base_currency, old.chart, old.fiscal_year_start_month) then
    return new;
  end if;
  perform pg_advisory_xact_lock(posting_lock_key(old.id));
  if exists (select from journal_entry e where e.company_id = old.id) then
    raise exception 'the books of company % rest on this', old.id using errcode = 'check_violation', constraint = 'company_fixed';
  end if;
  return new;
end
$$;

-- When somebody or some server last did anything for an import: whoever finds it unfinished knows by it whether it was given up.
alter table import_request add column alive_at timestamptz not null default now();
create function note_sign_of_life() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  new.alive_at := clock_timestamp();
  return new;
end
$$;
create trigger note_sign_of_life before update on import_request for each row execute function note_sign_of_life();
