-- What of a company may change: its name and time zone always, its fiscal year until it has entries. Sealed entries are numbered by fiscal year, and
-- every figure is in the currency of the books, so neither these nor country and chart change under entries.
grant update (name, time_zone, fiscal_year_start_month) on company to countinghouse_app;

create function keep_company() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if (new.country, new.base_currency, new.chart, new.fiscal_year_start_month)
      is distinct from (old.country, old.base_currency, old.chart, old.fiscal_year_start_month)
      and exists (select from journal_entry e where e.company_id = old.id) then
    raise exception 'the books of company % rest on this', old.id using errcode = 'check_violation', constraint = 'company_fixed';
  end if;
  return new;
end
$$;
create trigger keep_company before update on company for each row execute function keep_company();
