-- What would move many lines is shown as it was when somebody asked for it: doing it once more, to look at it, takes as long as doing it.
alter table approval_request add column shown jsonb;
comment on column approval_request.shown is 'what it would post, as it was tried when it was asked for; null where it is tried again to be looked at';

-- The day by which something is to be done can be changed, and the history says so.
alter table exception_note drop constraint exception_note_kind_is_known;
alter table exception_note add constraint exception_note_kind_is_known
  check (kind in ('note', 'assigned', 'taken_on', 'resolved', 'dismissed', 'reopened', 'escalated', 'rerun', 'due_changed'));

-- Whoever is named in a note has seen it once they have opened what it is about. What was named before this counts as seen.
alter table exception_mention add column seen_at timestamptz;
alter table exception_mention no force row level security;
update exception_mention set seen_at = now();
alter table exception_mention force row level security;
create index exception_mention_unseen on exception_mention (company_id, person) where seen_at is null;
grant update (seen_at) on exception_mention to countinghouse_app;
