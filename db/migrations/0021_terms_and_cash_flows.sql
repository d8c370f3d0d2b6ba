-- Early-payment terms of invoices, where a company's accounts stand in its cash flow, and what the figures of
-- operations are counted by.

-- What a customer may keep of an invoice by paying it until a day. Offered once: another offer is another document.
create table early_payment_term (
  company_id bigint not null references company (id),
  document_id bigint not null,
  percent numeric not null constraint early_payment_percent_is_one check (percent > 0 and percent < 100),
  until date not null,
  primary key (company_id, document_id),
  foreign key (company_id, document_id) references sales_document (company_id, id)
);
comment on column early_payment_term.percent is 'of the gross that is left of the invoice after its credit notes';
select protect_company_table('early_payment_term');
select protect_append_only('early_payment_term');
grant select, insert on early_payment_term to countinghouse_app;

-- Where money that moves against an account stands in this company's cash flow statement. Audited with the account.
alter table account add column cash_flow text
  constraint account_cash_flow_is_known check (cash_flow in ('cash', 'operating', 'investing', 'financing'));
comment on column account.cash_flow is 'null: where its role puts it, or else its heading, or else its class';

-- Documents of earlier books are read by pages too.
create index earlier_document_by_day on earlier_document (company_id, issued_on, id);

-- What nobody will send any more, so that it can be counted whenever somebody looks.
create index mail_outbox_given_up on mail_outbox (company_id) where state = 'given_up';
create index webhook_delivery_failed on webhook_delivery (company_id) where state = 'failed';
