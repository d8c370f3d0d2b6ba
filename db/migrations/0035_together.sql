-- Working together: whom a note of an exception names.

-- A note names people by who they are, so that it reads right after their names have changed and after they have left: its words hold
-- '@[user:7]', and only where this table says so is that more than words.
create table exception_mention (
  company_id bigint not null references company,
  note_id bigint not null,
  person text not null constraint exception_mention_names_a_person check (person ~ '^user:[1-9][0-9]{0,8}$'),
  -- When a letter about it was written; null until then.
  told_at timestamptz,
  primary key (company_id, note_id, person),
  foreign key (company_id, note_id) references exception_note (company_id, id)
);
create index exception_mention_of_person on exception_mention (company_id, person, note_id);
create index exception_mention_untold on exception_mention (company_id) where told_at is null;
select protect_company_table('exception_mention');
grant select, insert on exception_mention to countinghouse_app;
grant update (told_at) on exception_mention to countinghouse_app;
