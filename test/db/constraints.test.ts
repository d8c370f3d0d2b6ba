import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asleep, type RowValues, rowInto } from '../support/any-row.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

/** For each check that no list of values explains: the values that break it and nothing else. */
const breaking: Record<string, RowValues> = {
  account_has_code: { code: `' '` },
  account_has_name: { name: `''` },
  accounting_period_is_a_month: { ends_on: `'2024-01-30'` },
  budget_amount_is_of_a_month: { month: `'2024-01-02'` },
  budget_code_is_trimmed: { code: `' x'` },
  budget_has_name: { name: `' '` },
  attachment_has_name: { name: `' '` },
  attachment_hash_is_its_own: { sha256: `'y'` },
  attachment_is_not_empty: { bytes: '2' },
  approval_request_by_another_person: {
    requested_by: `'user:1'`,
    decided_by: `'user:1:key:2'`,
    decided_at: 'now()',
    state: `'approved'`,
  },
  approval_request_decided_has_a_decider: { state: `'approved'` },
  approval_request_state_is_known: { state: `'x'`, decided_by: `'user:2'`, decided_at: 'now()' },
  approval_rule_amount_is_not_negative: { above_minor: '-1' },
  approval_rule_amount_is_of_journals: { kind: `'period_reopening'`, above_minor: '1' },
  bank_account_bic_is_whole: { bic: `'WESTGB2'` },
  bank_account_can_be_paid: { iban: 'null' },
  bank_account_has_holder: { holder: `' '` },
  bank_account_has_name: { name: `' main'` },
  bank_account_iban_is_electronic: { iban: `'GB82 WEST'` },
  bank_account_number_is_plain: { account_number: `'12/3'` },
  bank_account_routing_number_is_nine_digits: { routing_number: `'1'`, account_number: `'1'` },
  bank_account_sort_code_is_six_digits: { sort_code: `'1'`, account_number: `'1'` },
  company_address_country_is_iso: { country: `'gb'` },
  company_address_has_a_line: { line_1: `' '` },
  company_address_line_2_is_not_empty: { line_2: `' '` },
  company_address_line_3_is_not_empty: { line_3: `' '` },
  company_address_city_is_not_empty: { city: `' '` },
  company_address_region_is_not_empty: { region: `' '` },
  company_address_postcode_is_not_empty: { postcode: `' '` },
  company_identity_numbered_from_one: { version: '0' },
  company_identity_has_legal_name: { legal_name: `' '` },
  company_identity_trading_name_is_not_empty: { trading_name: `' '` },
  company_identity_registration_is_not_empty: { registration_number: `' '` },
  company_identity_registration_scheme_is_known: { registration_number: `'1'`, registration_scheme: `'60'` },
  company_identity_identifier_is_not_empty: { identifier: `' '` },
  company_identity_identifier_scheme_is_known: { identifier: `'1'`, identifier_scheme: `'GLN'` },
  company_identity_electronic_address_is_not_empty: { electronic_address: `' '`, electronic_address_scheme: `'0088'` },
  company_identity_electronic_scheme_is_known: { electronic_address: `'1'`, electronic_address_scheme: `'88'` },
  company_identity_electronic_address_is_whole: { electronic_address: `'1'` },
  company_identity_legal_information_is_not_empty: { legal_information: `' '` },
  company_identity_contact_is_not_empty: { contact: `' '` },
  company_identity_phone_has_digits: { phone: `'call us'` },
  company_identity_email_is_one: { email: `'a@b, c@d'` },
  company_identity_website_is_an_address: { website: `'javascript:alert(1)'` },
  company_identity_scheme_says_of_what: { registration_scheme: `'0060'` },
  company_tax_number_country_is_iso: { country: `'gb'` },
  company_tax_number_names_an_authority: { authority: `' x'` },
  company_tax_number_is_trimmed: { number: `'x '` },
  company_tax_number_ends_after_it_begins: { valid_to: `'2024-01-14'` },
  company_country_is_iso: { country: `'gb'` },
  company_fiscal_year_starts_in_a_month: { fiscal_year_start_month: '13' },
  company_has_name: { name: `' '` },
  currency_code_check: { code: `'xaa'` },
  company_rate_above_zero: { rate: '0' },
  currency_exponent_check: { exponent: '5' },
  deposit_applied_within_amount: { applied_net_minor: '11' },
  destination_rule_names_a_destination: { destination: `'Europe'` },
  early_payment_percent_is_one: { percent: '100' },
  entry_rate_denominator_above_zero: { denominator: '0' },
  entry_rate_numerator_above_zero: { numerator: '0' },
  earlier_document_rate_above_zero: { rate: '0' },
  destination_name_country_is_iso: { country: `'France'` },
  destination_name_is_not_empty: { name: `' '` },
  exception_closed_says_by_whom: { state: `'resolved'` },
  exception_dismissal_has_a_reason: { state: `'dismissed'`, closed_by: `'x'`, closed_at: 'now()' },
  exception_duty_days_within_a_year: { days: '-1' },
  exception_duty_names_somebody: { responsible: `' '` },
  exception_escalation_days_within_a_year: { days_past_due: '367' },
  exception_escalation_names_somebody: { responsible: `' '` },
  exception_escalation_numbered_from_one: { step: '0' },
  exception_escalations_not_negative: { escalations: '-1' },
  exception_setting_hour_is_of_a_day: { digest_hour: '24' },
  exception_mention_names_a_person: { person: `'user:0'` },
  exception_note_is_not_empty: { body: `' '` },
  mail_outbox_forgets_secrets: { secret: 'true', state: `'given_up'`, body: `'a link'` },
  mail_outbox_sent_says_when: { state: `'sent'` },
  gift_card_not_overdrawn: { balance_minor: '-1', identified: 'true' },
  gift_card_movement_not_zero: { amount_minor: '0' },
  import_request_has_files: { files: `'[]'` },
  import_request_done_has_a_result: { state: `'done'` },
  import_request_accounts_are_a_list: { accounts: `'{}'` },
  import_request_ready_has_a_check: { state: `'ready'`, dry_run: 'false' },
  import_request_looked_at_before_it_runs: { state: `'paused'`, dry_run: 'true' },
  import_request_failed_says_why: { state: `'failed'` },
  item_code_is_trimmed: { code: `' x'` },
  sample_company_done_is_all: { state: `'done'`, steps: '2', steps_done: '1', finished_at: 'now()' },
  sample_company_ends_once: { state: `'done'` },
  sample_company_failed_says_why: { state: `'failed'`, finished_at: 'now()' },
  sample_company_state_is_known: { state: `'x'`, finished_at: 'now()' },
  sample_company_steps_are_of_all: { steps_done: '1' },
  journal_entry_has_two_lines: { line_count: '1' },
  journal_entry_is_not_posted_early: { effective_on: `'2024-01-16'` },
  journal_line_moves_something: { amount_minor: '0', currency_amount_minor: '0' },
  journal_line_condition_says_something: { payment_method: 'null' },
  journal_template_has_lines: { definition: `'{"lines":[1]}'` },
  journal_template_has_name: { name: `' '` },
  manual_journal_draft_has_lines: { lines: 'null' },
  manual_journal_has_reference: { reference: `' '` },
  manual_journal_posted_has_an_entry: { state: `'posted'` },
  manual_journal_reverses_later: { reverses_on: `'2024-01-15'` },
  legacy_account_has_code: { code: `' '` },
  legacy_account_names_a_structure: { structure: `'a b'` },
  line_move_is_to_another_account: { to_account_id: '1' },
  line_move_numbered_from_one: { move_no: '0' },
  mapping_application_has_a_reason: { reason: `' '` },
  open_item_amount_not_zero: { amount_minor: '0' },
  open_item_application_above_zero: { amount_minor: '0' },
  open_item_applied_within_amount: { applied_minor: '2' },
  open_item_names_its_document: { document_id: '1', issued_on: `'2024-01-01'` },
  open_item_settled_in_base: { applied_minor: '1', applied_base_minor: '0' },
  party_has_number: { number: `' '` },
  party_payment_days_not_negative: { payment_days: '-1' },
  payment_amount_above_zero: { amount_minor: '0' },
  payment_own_refund_is_linked: { kind: `'refund'` },
  payment_refunded_within_amount: { refunded_minor: '2' },
  number_series_prefix_ends_before_the_digits: { prefix: `'INV1'` },
  number_series_digits_can_be_read: { digits: '0' },
  number_series_begins_above_zero: { first_number: '0' },
  number_series_goes_on: { first_number: '2' },
  period_close_has_a_hash: { content_hash: 'null' },
  period_reopening_has_a_reason: { decision: `'reopen'`, reason: `' '` },
  reference_rate_above_zero: { rate: '0' },
  reference_rate_currency_is_a_code: { currency: `'euro'` },
  reference_rate_source_is_known: { source: `'no such value'` },
  saved_view_has_name: { name: `' '` },
  saved_view_names_an_area: { area: `'Sales'` },
  revaluation_line_moves_something: { base_after_minor: '1' },
  recurring_journal_day_is_of_a_month: { day_of_month: '32' },
  recurring_journal_day_posted_has_an_entry: { entry_id: 'null' },
  recurring_journal_day_refused_says_why: { state: `'refused'`, entry_id: 'null', message: `''` },
  recurring_journal_ends_after_it_starts: { ends_on: `'2024-01-14'` },
  recurring_journal_has_name: { name: `' '` },
  posting_day_rule_names_a_source: { source: `' '` },
  sales_document_line_credited_within_quantity: { credited_quantity: '2' },
  sales_line_link_quantity_above_zero: { quantity: '0' },
  store_credit_movement_not_zero: { amount_minor: '0' },
  store_credit_not_overdrawn: { balance_minor: '-1' },
  source_name_rule_names_its_tax_code: { stands_for: `'tax_code'` },
  source_name_rule_of_a_tax_names_a_tax: { about: `'tax'` },
  tax_code_has_code: { code: `''` },
  tax_rate_is_a_share: { rate: '20' },
  webhook_endpoint_rotation_ends: { previous_secret: `'x'` },
  webhook_endpoint_wants_something: { event_types: `'{}'` },
}

let server: TestDatabase
let client: pg.Client
beforeAll(async () => {
  server = await testDatabase()
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await server.drop()
})

type Constraint = { name: string; table: string; definition: string }

const checks = async () =>
  (
    await client.query<Constraint>(
      `select k.conname as name, k.conrelid::regclass::text as "table", pg_get_constraintdef(k.oid) as definition
         from pg_constraint k where k.connamespace = 'public'::regnamespace and k.contype = 'c' order by 1`,
    )
  ).rows

const ofList = (definition: string): RowValues | undefined => {
  const match = /^CHECK \(\((\w+) = ANY \(ARRAY\[/.exec(definition)
  return match?.[1] === undefined ? undefined : { [match[1]]: `'no such value'` }
}

describe('every check', () => {
  test('is broken here on purpose, and refuses', async () => {
    const all = await checks()
    expect(all.length).toBeGreaterThan(40)
    for (const { name, table, definition } of all) {
      const values = breaking[name] ?? ofList(definition)
      expect(values, `${name} of ${table} needs values that break it: ${definition}`).toBeDefined()
      await asleep(client, async () => {
        await client.query(await rowInto(client, table, {})) // the row is good but for those values
      })
      const broken = asleep(client, async () => client.query(await rowInto(client, table, values ?? {})))
      await expect(broken, name).rejects.toMatchObject({ code: '23514', constraint: name })
    }
  })

  test('that is listed here exists', async () => {
    const names = new Set((await checks()).map((check) => check.name))
    expect(Object.keys(breaking).filter((name) => !names.has(name))).toEqual([])
  })
})

describe('every foreign key', () => {
  test('refuses a row that points at nothing, also where its target is another company’s', async () => {
    const { rows } = await client.query<Constraint & { columns: string[] }>(
      `select k.conname as name, k.conrelid::regclass::text as "table", '' as definition,
          array(select a.attname::text from unnest(k.conkey) with ordinality as key (no, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.no order by key.place) as columns
         from pg_constraint k where k.connamespace = 'public'::regnamespace and k.contype = 'f' order by 1`,
    )
    expect(rows.length).toBeGreaterThan(50)
    for (const { name, table, columns } of rows) {
      const pointing = columns.at(-1) as string
      const target = pointing === 'company_id' ? '4711' : await otherValue(table, pointing)
      const statement = await rowInto(client, table, { company_id: '4711', [pointing]: target })
      await client.query('begin; set constraints all deferred; set local session_replication_role = replica')
      await client.query(`alter table ${table} disable trigger user`)
      // Only this key is looked at: the others of the table would be broken too.
      await client.query(dropOthers(table, name))
      await client.query('set local session_replication_role = origin')
      await expect(client.query(statement), name).rejects.toMatchObject({ code: '23503', constraint: name })
      await client.query('rollback')
    }
  })

  const otherValue = async (table: string, column: string): Promise<string> => {
    const { rows } = await client.query<{ type: string }>(
      `select t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
         where a.attrelid = $1::regclass and a.attname = $2`,
      [table, column],
    )
    return rows[0]?.type === 'date' ? `'1999-01-01'` : rows[0]?.type === 'text' ? `'XZZ'` : '4711'
  }

  const dropOthers = (table: string, kept: string): string =>
    `do $$ declare k record; begin
       for k in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'f' and conname <> '${kept}' loop
         execute format('alter table ${table} drop constraint %I', k.conname);
       end loop;
     end $$`
})
