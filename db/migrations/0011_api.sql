-- The API as programs use it: answers that are kept for a repeated request, lists that are fast at a million documents, and webhooks.

-- Idempotency ----------------------------------------------------------------------------------------------------

-- The answer is kept as it was given, to the letter. A key that is as old as the documentation says is used anew. While a request with a key
-- runs, its transaction holds an advisory lock, which ends with the transaction however that ends: nobody is left locked out by a crash.
alter table idempotency_key alter column response type text using response::text;
alter table idempotency_key add column state text not null generated always as (case when status < 400 then 'done' else 'refused' end) stored;
create index idempotency_key_by_age on idempotency_key (company_id, created_at);
grant update on idempotency_key to countinghouse_app;

-- Requests that belong to no company yet: creating one. The owner alone reads and writes them.
create table installation_idempotency_key (
  key text primary key,
  request_hash bytea not null,
  status int not null,
  response text not null,
  created_at timestamptz not null default now()
);

-- Lists ----------------------------------------------------------------------------------------------------------

-- What each filter of a list leads with; the day and the id give the order of the pages.
create index sales_document_of_party on sales_document (company_id, party_id, issued_on, id);
drop index sales_document_by_party;
create index sales_document_with_order on sales_document (company_id, order_reference, issued_on, id) where order_reference is not null;
create index payment_by_day on payment (company_id, paid_on, id);
create index payment_of_party on payment (company_id, party_id, paid_on, id) where party_id is not null;
create index payment_of_refunded on payment (company_id, refunds_payment_id) where refunds_payment_id is not null;
create index open_item_still_open on open_item (company_id, due_on, id) where applied_minor <> amount_minor;
