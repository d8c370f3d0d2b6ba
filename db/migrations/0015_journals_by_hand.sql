-- Journals by hand, and what balances of earlier books bring along.

-- Open items of suppliers too ----------------------------------------------------------------------------------------

-- The sub-ledger of payables is kept as that of receivables is: debit positive, so that what we owe is negative.
alter table open_item add column ledger text not null default 'receivable'
  constraint open_item_ledger_is_known check (ledger in ('receivable', 'payable'));
alter table open_item add column document_number text;
comment on column open_item.document_number is
  'the number that a document of earlier books has; null where the source is a document of ours';
create index open_item_by_document on open_item (company_id, document_number) where document_number is not null;

-- Lines that were posted to payable accounts before those had items open theirs now.
do $$
declare
  c record;
begin
  for c in select id, base_currency from company_list() loop
    perform set_config('countinghouse.company_id', c.id::text, true);
    insert into open_item (company_id, party_id, source_kind, source_id, opened_on, due_on, currency, amount_minor, base_minor, ledger)
      select l.company_id, l.party_id, 'journal_line', l.entry_id || '/' || l.line_no, l.posted_on, l.posted_on, l.currency,
          l.currency_amount_minor, l.amount_minor, 'payable'
        from account a
        join journal_line l on l.company_id = a.company_id and l.account_id = a.id
        join party p on p.company_id = l.company_id and p.id = l.party_id
        where a.company_id = c.id and a.role = 'payable' and l.currency_amount_minor <> 0;
  end loop;
  perform set_config('countinghouse.company_id', '', true);
end $$;
