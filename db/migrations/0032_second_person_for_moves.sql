-- What moves posted lines takes a second person as entries by hand do: an applied mapping, merged accounts, the remedy of an exception.
alter table approval_request drop constraint approval_request_kind_is_known;
alter table approval_request add constraint approval_request_kind_is_known
  check (kind in ('journal', 'draft', 'reversal', 'reclassification', 'applied_mapping', 'account_merge', 'remedy', 'recurring_day',
    'opening_balances', 'bad_debt', 'forfeiture', 'year_closing', 'period_reopening', 'bank_details', 'approval_rule'));

-- What an approved request has posted: it stays with the request, whatever becomes of the entries.
create table approval_entry (
  company_id bigint not null references company,
  approval_id bigint not null,
  entry_id bigint not null,
  primary key (company_id, approval_id, entry_id),
  foreign key (company_id, approval_id) references approval_request (company_id, id),
  foreign key (company_id, entry_id) references journal_entry (company_id, id)
);
create index approval_entry_by_entry on approval_entry (company_id, entry_id);
select protect_company_table('approval_entry');
select protect_append_only('approval_entry');
grant select, insert on approval_entry to countinghouse_app;
