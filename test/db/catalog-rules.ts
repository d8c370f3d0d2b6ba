import type pg from 'pg'

/** What the database's own catalog says against the rules of the house: a sentence for each breach. */
type CatalogRule = { readonly name: string; readonly query: string }

/** Tables that belong to no company: read by all, written by the owner alone. */
const sharedTables = ['company', 'currency', 'installation_idempotency_key', 'migration', 'reference_rate']

/** Rows of these are appended and never changed, by anyone. */
const appendOnlyTables = [
  'audit_log',
  'company_address',
  'company_identity',
  'company_identity_withdrawal',
  'entry_rate',
  'exception_note',
  'line_move',
  'mapping_application',
  'journal_entry',
  'journal_line',
  'journal_seal',
  'period_decision',
  'reference_rate',
]

/** Written by triggers, the fold and the sealer alone; the application's role reads them. */
const readOnlyTables = [
  'account_activity',
  'account_balance',
  'account_balance_delta',
  'activity_fold',
  'audit_log',
  'currency',
  'installation_idempotency_key',
  'journal_batch',
  'journal_seal',
  'reference_rate',
  'sales_activity',
  'sales_unfolded',
  'shape_activity',
  'tax_activity',
]

/** Settings, mappings, people and rules: every change of these is written into the audit log. */
const auditedTables = [
  'legacy_account',
  'posting_day_rule',
  'destination_name',
  'exception_duty',
  'exception_escalation',
  'company',
  'company_address',
  'company_identity',
  'company_identity_withdrawal',
  'company_tax_number',
  'company_rate',
  'account',
  'account_group',
  'accounting_period',
  'period_decision',
  'mapping_rule',
  'line_code_rule',
  'source_name_rule',
  'destination_rule',
  'tax_code',
  'tax_rate',
  'journal_template',
  'recurring_journal',
]

/** What anyone may call though it runs as its owner: it looks at nothing but the rows of `current_company()`, which a test holds it to. */
const openFunctions = ['search_company']

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

const tables = `select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity,
    (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped) as company_no,
    (select a.attnotnull from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') as company_set
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`

const isolation = '(company_id = ( SELECT current_company() AS current_company))'

/** Each query returns the breaches of its rule, as sentences in a column `breach`. */
const catalogRules: readonly CatalogRule[] = [
  {
    name: 'a table belongs to a company',
    query: `select name || ' has no company_id and is not a shared table' as breach from (${tables}) t
      where company_no is null and name not in (${list(sharedTables)})
      union all
      select name || ' may lack its company' from (${tables}) t where company_no is not null and not company_set`,
  },
  {
    name: 'a table has a primary key',
    query: `select name || ' has no primary key' as breach from (${tables}) t
      where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')`,
  },
  {
    name: 'keys lead with the company',
    query: `select t.name || ': the unique index ' || i.indexrelid::regclass || ' does not lead with company_id' as breach
        from (${tables}) t join pg_index i on i.indrelid = t.oid
        where t.company_no is not null and i.indisunique and i.indkey[0] <> t.company_no
      union all
      select t.name || ': the index ' || i.indexrelid::regclass || ' does not lead with company_id'
        from (${tables}) t join pg_index i on i.indrelid = t.oid
        where t.company_no is not null and not i.indisunique and i.indkey[0] <> t.company_no
      union all
      select t.name || ': the foreign key ' || k.conname || ' does not lead with company_id on both sides'
        from (${tables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join (${tables}) target on target.oid = k.confrelid
        where t.company_no is not null and target.company_no is not null
          and (k.conkey[1] <> t.company_no or k.confkey[1] <> target.company_no)
      union all
      select t.name || ': the foreign key ' || k.conname || ' changes rows by itself'
        from (${tables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
        where k.confdeltype <> 'a' or k.confupdtype <> 'a'
      union all
      select t.name || ': a shared table points into a company by ' || k.conname
        from (${tables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join (${tables}) target on target.oid = k.confrelid
        where t.company_no is null and target.company_no is not null`,
  },
  {
    name: 'rows are closed to other companies',
    query: `select name || ': row-level security is not enabled' as breach from (${tables}) t where company_no is not null and not relrowsecurity
      union all
      select name || ': row-level security is not forced on its owner' from (${tables}) t where company_no is not null and not relforcerowsecurity
      union all
      select name || ' has no policy' from (${tables}) t where company_no is not null
        and not exists (select from pg_policy p where p.polrelid = t.oid)
      union all
      select t.name || ': the policy ' || p.polname || ' lets others in' from (${tables}) t join pg_policy p on p.polrelid = t.oid
        where company_no is not null and p.polpermissive
          and (pg_get_expr(p.polqual, p.polrelid) is distinct from '${isolation}'
            or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '${isolation}')`,
  },
  {
    name: 'a view looks with the rights of whoever asks',
    query: `select c.relname || ' looks with the rights of its owner' as breach from pg_class c
      where c.relnamespace = 'public'::regnamespace
        and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'))`,
  },
  {
    name: "the application's role owns and administers nothing",
    query: `select 'the role is more than a role: ' || rolname as breach from pg_roles
        where rolname = 'countinghouse_app' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
      union all
      select 'the role is a member of ' || m.roleid::regrole from pg_auth_members m where m.member = 'countinghouse_app'::regrole
      union all
      select 'the role owns ' || c.relname from pg_class c where c.relowner = 'countinghouse_app'::regrole
      union all
      select 'the role owns ' || p.proname from pg_proc p where p.proowner = 'countinghouse_app'::regrole
      union all
      select 'the role may create in ' || n.nspname from pg_namespace n
        where n.nspname !~ '^pg_' and has_schema_privilege('countinghouse_app', n.oid, 'create')
      union all
      select t.name || ': the role may ' || privilege from (${tables}) t
        cross join unnest(array['truncate', 'references', 'trigger', 'delete']) privilege
        where has_table_privilege('countinghouse_app', t.oid, privilege)`,
  },
  {
    name: 'what is posted is only added to',
    query: `select t.name || ': the role may update' as breach from (${tables}) t
        where t.name in (${list(appendOnlyTables)}) and has_any_column_privilege('countinghouse_app', t.oid, 'update')
      union all
      select t.name || ': the role may write' from (${tables}) t
        where t.name in (${list(readOnlyTables)})
          and (has_any_column_privilege('countinghouse_app', t.oid, 'update') or has_any_column_privilege('countinghouse_app', t.oid, 'insert'))
      union all
      -- A company is created by the owner; what the books rest on stays.
      select 'company: the role may change ' || a.attname from pg_attribute a
        where a.attrelid = 'company'::regclass and a.attnum > 0 and not a.attisdropped
          and a.attname not in ('name', 'time_zone', 'fiscal_year_start_month')
          and has_column_privilege('countinghouse_app', a.attrelid, a.attnum, 'update')
      union all
      select 'company: the role may insert' where has_any_column_privilege('countinghouse_app', 'company', 'insert')
      union all
      select t.name || ': no trigger keeps it append-only' from (${tables}) t
        where t.name in (${list(appendOnlyTables)}) and not exists (
          select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
            where g.tgrelid = t.oid and p.proname = 'refuse_change' and g.tgenabled in ('O', 'A')
              -- before (2), a statement (not 1), on delete (8), update (16) and truncate (32), whatever the columns
              and g.tgtype & 63 = 2 + 8 + 16 + 32 and g.tgattr = '' and g.tgqual is null)`,
  },
  {
    name: 'the guards of the journal are awake',
    query: `select wanted.guard || ' does not guard ' || wanted.guarded as breach
      from (values ('journal_entry', 'journal_entry_guard'), ('journal_batch', 'journal_batch_has_lines'),
          ('journal_line', 'journal_line_guard'), ('accounting_period', 'accounting_period_guard')) as wanted (guarded, guard)
      where not exists (select from pg_trigger g join pg_class c on c.oid = g.tgrelid
        where c.relname = wanted.guarded and g.tgname = wanted.guard and g.tgenabled in ('O', 'A'))`,
  },
  {
    name: 'what is set is audited',
    query: `select t.name || ': its changes are not written into the audit log' as breach from (${tables}) t
      where t.name in (${list(auditedTables)}) and (
        not exists (select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
          where g.tgrelid = t.oid and p.proname = 'write_audit' and g.tgenabled in ('O', 'A')
            -- after (not 2), each row (1), on insert (4), delete (8) and update (16), whatever the columns
            and g.tgtype & 31 = 1 + 4 + 8 + 16 and g.tgattr = '' and g.tgqual is null)
        or not exists (select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
          where g.tgrelid = t.oid and p.proname = 'refuse_change' and g.tgenabled in ('O', 'A') and g.tgtype & 32 = 32))`,
  },
  {
    name: 'what runs with the rights of the owner is closed',
    query: `select p.proname || ' runs as its owner with the search path of whoever calls it' as breach from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
          and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
      union all
      select p.proname || ' runs as its owner and anyone may call it' from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype and p.proname not in (${list(openFunctions)})
          and has_function_privilege('countinghouse_app', p.oid, 'execute')`,
  },
]

/** The breaches that a connection sees, those inside its open transaction included. */
export async function breachesOf(client: pg.ClientBase): Promise<string[]> {
  const breaches: string[] = []
  for (const { query } of catalogRules) {
    const { rows } = await client.query<{ breach: string }>(query)
    breaches.push(...rows.map((row) => row.breach))
  }
  return breaches
}
