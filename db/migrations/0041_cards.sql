-- People tell cards apart by the end of their codes: whoever has a whole code has the money. Of a short code half is kept back.
alter table gift_card
  add column last_four text not null generated always as (right(code, least(4, length(code) / 2))) stored,
  add column expires_on date,
  add column last_moved_on date;
comment on column gift_card.last_four is 'the end of its code, as it is shown; never more than half of it';
comment on column gift_card.expires_on is 'the last day on which it pays; null for none';
comment on column gift_card.last_moved_on is 'the latest day on which it was sold, used, refunded or taken as breakage';

alter table gift_card no force row level security;
alter table gift_card_movement no force row level security;
update gift_card g set last_moved_on = m.moved_on
  from (select company_id, gift_card_id, max(moved_on) as moved_on from gift_card_movement group by 1, 2) m
  where m.company_id = g.company_id and m.gift_card_id = g.id;
alter table gift_card force row level security;
alter table gift_card_movement force row level security;
grant update (last_moved_on) on gift_card to countinghouse_app;

-- A page of a million cards, in each order and with each filter that lets few of them through.
create index gift_card_by_ending on gift_card (company_id, last_four, id);
create index gift_card_by_balance on gift_card (company_id, balance_minor, id);
create index gift_card_by_last_movement on gift_card (company_id, last_moved_on, id) where last_moved_on is not null;
create index gift_card_with_balance on gift_card (company_id, id) where balance_minor <> 0;
create index gift_card_by_expiry on gift_card (company_id, expires_on, id) where expires_on is not null;
create index gift_card_movement_by_card on gift_card_movement (company_id, gift_card_id, moved_on, id);
create index store_credit_by_balance on store_credit (company_id, balance_minor, party_id);
-- Whoever knows a fact finds what it moved.
create index gift_card_movement_by_source on gift_card_movement (company_id, source_kind, source_id);
-- All movements by day.
create index gift_card_movement_by_day on gift_card_movement (company_id, moved_on, id);
create index store_credit_movement_by_day on store_credit_movement (company_id, moved_on, id);

-- A discount for paying early is taken back before its last day: from a day on it is not offered any more. What was offered stays as it was.
create table early_payment_ending (
  company_id bigint not null references company,
  document_id bigint not null,
  ends_on date not null,
  reason text not null,
  author text not null default current_actor(),
  recorded_at timestamptz not null default now(),
  primary key (company_id, document_id),
  foreign key (company_id, document_id) references early_payment_term (company_id, document_id)
);
comment on column early_payment_ending.ends_on is 'the first day on which the discount cannot be taken any more';
select protect_company_table('early_payment_ending');
select protect_append_only('early_payment_ending');
grant select, insert on early_payment_ending to countinghouse_app;
select audit_table('early_payment_ending');
create index early_payment_term_by_day on early_payment_term (company_id, until, document_id);
