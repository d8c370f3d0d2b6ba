-- The numbers that we give to our own invoices and credit notes: the next of each kind, without a hole. Whoever is given one holds the row until
-- the document is there, so that a number that was given is never left without its document. What a program numbers itself stays as it is.
create table number_series (
  company_id bigint not null references company,
  kind text not null constraint number_series_kind_is_known check (kind in ('invoice', 'credit_note')),
  prefix text not null constraint number_series_prefix_ends_before_the_digits check (prefix = btrim(prefix) and prefix !~ '[0-9]$'),
  digits smallint not null constraint number_series_digits_can_be_read check (digits between 1 and 12),
  first_number bigint not null constraint number_series_begins_above_zero check (first_number > 0),
  next_number bigint not null constraint number_series_goes_on check (next_number >= first_number),
  primary key (company_id, kind)
);
comment on column number_series.digits is 'how many digits a number has at least: zeros stand before a shorter one';
comment on column number_series.first_number is 'the first that was given in this form: from there to the next one there is no hole';
select protect_company_table('number_series');
grant select, insert, update on number_series to countinghouse_app;
