-- With which view of a list somebody begins: one of their own, or one that others share.
alter table saved_view add constraint saved_view_of_one_area unique (company_id, area, id);
create table default_view (
  company_id bigint not null references company,
  person text not null default person_of(current_actor()),
  area text not null,
  view_id bigint,
  primary key (company_id, person, area),
  foreign key (company_id, area, view_id) references saved_view (company_id, area, id)
);
comment on table default_view is 'the view with which a person begins a list; none for the list as it comes';
select protect_company_table('default_view');
grant select, insert on default_view to countinghouse_app;
grant update (view_id) on default_view to countinghouse_app;

-- What was sold of one item by month.
create index account_activity_of_key_by_month on account_activity (company_id, dimension, key, starts_on) include (account_id, amount_minor)
  where grain = 'month';
