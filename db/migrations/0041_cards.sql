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
