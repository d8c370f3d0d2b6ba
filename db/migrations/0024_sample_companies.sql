-- A company whose books are made up to look around in: of what seed and up to which day, and how far the making has come. The steps are
-- the same for the same seed and day, and each is counted in the transaction that does it, so that a making that was cut off goes on where it ended.
create table sample_company (
  company_id bigint primary key references company,
  seed text not null,
  last_day date not null,
  state text not null default 'running',
  phase text not null default '',
  steps integer not null default 0,
  steps_done integer not null default 0,
  message text not null default '',
  requested_by text not null default current_actor(),
  requested_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint sample_company_state_is_known check (state in ('running', 'done', 'failed')),
  constraint sample_company_steps_are_of_all check (steps_done between 0 and steps),
  constraint sample_company_done_is_all check (state <> 'done' or steps_done = steps),
  constraint sample_company_failed_says_why check (state <> 'failed' or message <> ''),
  constraint sample_company_ends_once check ((state = 'running') = (finished_at is null))
);
select protect_company_table('sample_company');
grant select, insert, update on sample_company to countinghouse_app;
