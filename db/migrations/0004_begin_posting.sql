-- Takes the posting lock (shared, so that posters never wait for each other), tells the closed periods and draws the ids of the entries to
-- come. PL/pgSQL, because the second statement must see what a close committed while the first one waited.
drop function lock_posting();
create function begin_posting(entries int) returns table (ids text, closed jsonb)
  language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(posting_lock_key(current_company()));
  return query select
    (select string_agg(nextval('journal_entry_id_seq')::text, ' ') from generate_series(1, entries)),
    (select coalesce(jsonb_agg(jsonb_build_array(p.starts_on, p.ends_on) order by p.starts_on), '[]')
      from accounting_period p where p.company_id = current_company() and p.state = 'closed');
end $$;
grant usage on sequence journal_entry_id_seq to countinghouse_app;
