-- Who a company is before the law: what it is called, where it is registered, under which numbers it declares tax. Documents say it, so it is kept by
-- the day from which it holds: what was printed for a day can be printed again. The fields are those of the seller in EN 16931-1 (BT-27 to BT-43),
-- so that an invoice takes them over one for one.
create table company_identity (
  company_id bigint not null references company,
  version integer not null constraint company_identity_numbered_from_one check (version > 0),
  effective_from date not null,
  legal_name text not null constraint company_identity_has_legal_name check (btrim(legal_name) <> ''),
  trading_name text constraint company_identity_trading_name_is_not_empty check (btrim(trading_name) <> ''),
  registration_number text constraint company_identity_registration_is_not_empty check (btrim(registration_number) <> ''),
  registration_scheme text constraint company_identity_registration_scheme_is_known check (registration_scheme ~ '^[0-9]{4}$'),
  identifier text constraint company_identity_identifier_is_not_empty check (btrim(identifier) <> ''),
  identifier_scheme text constraint company_identity_identifier_scheme_is_known check (identifier_scheme ~ '^[0-9]{4}$'),
  electronic_address text constraint company_identity_electronic_address_is_not_empty check (btrim(electronic_address) <> ''),
  electronic_address_scheme text constraint company_identity_electronic_scheme_is_known check (electronic_address_scheme ~ '^([0-9]{4}|EM|AN|AQ|AS|AU)$'),
  legal_information text constraint company_identity_legal_information_is_not_empty check (btrim(legal_information) <> ''),
  contact text constraint company_identity_contact_is_not_empty check (btrim(contact) <> ''),
  phone text constraint company_identity_phone_has_digits check (phone ~ '[0-9]{3}'),
  email text constraint company_identity_email_is_one check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  website text constraint company_identity_website_is_an_address check (website ~ '^https?://[^[:space:]]+$'),
  author text not null default current_actor(),
  recorded_at timestamptz not null default now(),
  primary key (company_id, version),
  constraint company_identity_scheme_says_of_what check (
    (registration_number is not null or registration_scheme is null) and (identifier is not null or identifier_scheme is null)
  ),
  constraint company_identity_electronic_address_is_whole check (num_nonnulls(electronic_address, electronic_address_scheme) <> 1)
);
comment on column company_identity.effective_from is '0001-01-01 where it has held from the beginning of the books';
comment on column company_identity.legal_name is 'EN 16931 BT-27';
comment on column company_identity.trading_name is 'EN 16931 BT-28';
comment on column company_identity.identifier is 'EN 16931 BT-29, such as a GLN';
comment on column company_identity.registration_number is 'EN 16931 BT-30: the number in the register of companies';
comment on column company_identity.registration_scheme is 'EN 16931 BT-30-1: ISO/IEC 6523, four digits';
comment on column company_identity.legal_information is 'EN 16931 BT-33: what letters must say beside it, such as register court and share capital';
comment on column company_identity.electronic_address is 'EN 16931 BT-34: where electronic invoices reach the company';
comment on column company_identity.contact is 'EN 16931 BT-41; phone is BT-42, e-mail BT-43';
select protect_company_table('company_identity');
select protect_append_only('company_identity');
grant select, insert on company_identity to countinghouse_app;
select audit_table('company_identity');

-- The postal addresses of a version (EN 16931 BG-5: lines BT-35, BT-36, BT-162, city BT-37, postcode BT-38, region BT-39, country BT-40).
create table company_address (
  company_id bigint not null,
  version integer not null,
  kind text not null constraint company_address_kind_is_known check (kind in ('registered', 'trading', 'returns')),
  line_1 text not null constraint company_address_has_a_line check (btrim(line_1) <> ''),
  line_2 text constraint company_address_line_2_is_not_empty check (btrim(line_2) <> ''),
  line_3 text constraint company_address_line_3_is_not_empty check (btrim(line_3) <> ''),
  city text constraint company_address_city_is_not_empty check (btrim(city) <> ''),
  region text constraint company_address_region_is_not_empty check (btrim(region) <> ''),
  postcode text constraint company_address_postcode_is_not_empty check (btrim(postcode) <> ''),
  country text not null constraint company_address_country_is_iso check (country ~ '^[A-Z]{2}$'),
  primary key (company_id, version, kind),
  foreign key (company_id, version) references company_identity (company_id, version)
);
select protect_company_table('company_address');
select protect_append_only('company_address');
grant select, insert on company_address to countinghouse_app;
select audit_table('company_address');

-- The version that holds on a day: of those that begin latest the one recorded last, so that a correction of the past leaves what was planned after it.
create function company_identity_on(day date) returns integer
  language sql stable
  set search_path = public, pg_temp
as $$
  select i.version from company_identity i
    where i.company_id = current_company() and i.effective_from <= day
    order by i.effective_from desc, i.version desc limit 1
$$;

-- A constraint over company, country and days needs the operators of plain types in a GiST index.
do $$
begin
  if exists (select from pg_extension where extname = 'btree_gist') then
    alter extension btree_gist set schema searching;
  else
    create extension btree_gist with schema searching;
  end if;
end $$;

-- Under which number tax is declared, to whom and when. One that was entered in error is withdrawn and stays, since a document may have said it.
create table company_tax_number (
  company_id bigint not null references company,
  id bigint generated by default as identity,
  country text not null constraint company_tax_number_country_is_iso check (country ~ '^[A-Z]{2}$'),
  authority text not null constraint company_tax_number_names_an_authority check (btrim(authority) <> '' and btrim(authority) = authority),
  scheme text not null constraint company_tax_number_scheme_is_known
    check (scheme in ('vat', 'vat_ni', 'gst', 'abn', 'ein', 'sales_tax', 'oss', 'oss_non_union', 'ioss', 'eori', 'tax_number')),
  number text not null constraint company_tax_number_is_trimmed check (btrim(number) <> '' and btrim(number) = number),
  valid_from date not null,
  valid_to date,
  on_documents boolean not null default true,
  withdrawn boolean not null default false,
  primary key (company_id, id),
  constraint company_tax_number_ends_after_it_begins check (valid_to >= valid_from),
  constraint company_tax_number_one_at_a_time exclude using gist (
    company_id searching.gist_int8_ops with =,
    country searching.gist_text_ops with =,
    authority searching.gist_text_ops with =,
    scheme searching.gist_text_ops with =,
    daterange(valid_from, valid_to, '[]') with &&
  ) where (not withdrawn) deferrable initially immediate
);
comment on column company_tax_number.authority is 'to whom it is declared, as tax codes name it';
comment on column company_tax_number.valid_to is 'the last day on which it is valid; null while it is';
comment on column company_tax_number.on_documents is 'whether documents and reports show it';
comment on column company_tax_number.withdrawn is 'entered in error: it is not shown any more';
select protect_company_table('company_tax_number');
grant select, insert, update on company_tax_number to countinghouse_app;
select audit_table('company_tax_number');
