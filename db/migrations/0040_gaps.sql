-- What would move many lines is shown as it was when somebody asked for it: doing it once more, to look at it, takes as long as doing it.
alter table approval_request add column shown jsonb;
comment on column approval_request.shown is 'what it would post, as it was tried when it was asked for; null where it is tried again to be looked at';
