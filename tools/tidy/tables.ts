import { type Finding, findNodes, type Rule } from './repository.ts'

/** The folder whose code alone writes a table. Whoever else wants a row changed calls its command. */
const ownerOfTable: Readonly<Record<string, string>> = {
  audit_log: 'db/migrations/',
  auth: 'src/modules/identity/',
  approval_entry: 'src/modules/approvals/',
  approval_request: 'src/modules/approvals/',
  approval_rule: 'src/modules/approvals/',
  currency: 'src/kernel/',
  migration: 'src/kernel/',
  account: 'src/ledger/',
  proof_run: 'src/modules/proofs/',
  account_activity: 'src/ledger/',
  activity_fold: 'src/ledger/',
  account_balance: 'src/ledger/',
  shape_activity: 'src/ledger/',
  tax_activity: 'src/ledger/',
  sales_activity: 'src/reports/',
  sales_unfolded: 'src/reports/',
  account_balance_delta: 'src/ledger/',
  account_group: 'src/ledger/',
  accounting_period: 'src/ledger/',
  journal_batch: 'src/ledger/',
  journal_entry: 'src/ledger/',
  journal_line: 'src/ledger/',
  journal_seal: 'src/ledger/',
  period_decision: 'src/ledger/',
  journal_line_condition: 'src/posting/',
  line_move: 'src/posting/',
  mapping_application: 'src/posting/',
  entry_rate: 'src/posting/',
  mapping_rule: 'src/posting/',
  budget: 'src/modules/budgets/',
  budget_amount: 'src/modules/budgets/',
  channel: 'src/modules/catalog/',
  item: 'src/modules/catalog/',
  item_group: 'src/modules/catalog/',
  line_code_rule: 'src/modules/catalog/',
  refused_content: 'src/modules/inbox/',
  source_name_rule: 'src/modules/catalog/',
  bank_account: 'src/modules/bank-accounts/',
  company: 'src/modules/company/',
  company_address: 'src/modules/company/',
  company_identity: 'src/modules/company/',
  company_identity_withdrawal: 'src/modules/company/',
  company_tax_number: 'src/modules/company/',
  gift_card: 'src/modules/gift-cards/',
  gift_card_movement: 'src/modules/gift-cards/',
  exception: 'src/modules/inbox/',
  attachment: 'src/modules/attachments/',
  earlier_document: 'src/modules/intake/',
  exception_digest: 'src/modules/inbox/',
  exception_duty: 'src/modules/inbox/',
  exception_escalation: 'src/modules/inbox/',
  exception_mention: 'src/modules/inbox/',
  exception_note: 'src/modules/inbox/',
  exception_setting: 'src/modules/inbox/',
  mail_outbox: 'src/modules/inbox/',
  import_change: 'db/migrations/',
  import_file: 'src/modules/intake/',
  import_posting: 'db/migrations/',
  import_request: 'src/modules/intake/',
  import_run: 'src/modules/intake/',
  journal_template: 'src/modules/journal/',
  manual_journal: 'src/modules/journal/',
  recurring_journal: 'src/modules/journal/',
  recurring_journal_day: 'src/modules/journal/',
  party: 'src/modules/parties/',
  deposit: 'src/modules/payments/',
  payment: 'src/modules/payments/',
  company_rate: 'src/modules/rates/',
  reference_rate: 'src/modules/rates/',
  revaluation_line: 'src/modules/revaluation/',
  store_credit: 'src/modules/store-credit/',
  store_credit_movement: 'src/modules/store-credit/',
  journal_line_legacy: 'src/modules/structures/',
  legacy_account: 'src/modules/structures/',
  sample_company: 'src/modules/sample-companies/',
  open_item: 'src/modules/receivables/',
  open_item_application: 'src/modules/receivables/',
  early_payment_ending: 'src/modules/sales/',
  early_payment_term: 'src/modules/sales/',
  number_series: 'src/modules/sales/',
  posting_day_rule: 'src/modules/sales/',
  sales_document: 'src/modules/sales/',
  sales_document_line: 'src/modules/sales/',
  sales_document_tax: 'src/modules/sales/',
  sales_line_link: 'src/modules/sales/',
  destination_name: 'src/modules/tax/',
  destination_rule: 'src/modules/tax/',
  tax_code: 'src/modules/tax/',
  tax_rate: 'src/modules/tax/',
  default_view: 'src/modules/views/',
  saved_view: 'src/modules/views/',
  webhook_attempt: 'src/modules/webhooks/',
  webhook_delivery: 'src/modules/webhooks/',
  webhook_endpoint: 'src/modules/webhooks/',
  webhook_event: 'src/modules/webhooks/',
  idempotency_key: 'src/http/',
  installation_idempotency_key: 'src/http/',
}

const writing =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from|truncate(?:\s+table)?|merge\s+into)\s+([a-z_][a-z0-9_]*)/gi

/** Every table has one owner, and nobody else's statements write it. */
export const tableRule: Rule = (repository) => {
  const findings = findNodes(repository, /^src\//, (node, _within, { path }) => {
    const text = sqlOf(node)
    if (text === undefined) return undefined
    for (const [, table = ''] of text.matchAll(writing)) {
      const owner = ownerOfTable[table.toLowerCase()]
      if (owner !== undefined && !path.startsWith(owner)) return `${table} is written here, and belongs to ${owner}`
    }
    return undefined
  })
  return [...findings, ...unownedTables(repository.texts)]
}

/** A template's text is joined over its insertions, so that a statement cut by one is still seen. */
function sqlOf(node: { type: string }): string | undefined {
  if (node.type === 'TemplateLiteral') {
    const { quasis } = node as unknown as { quasis: { value: { raw: string } }[] }
    return quasis.map((quasi) => quasi.value.raw).join(' ? ')
  }
  if (node.type !== 'Literal') return undefined
  const { value } = node as unknown as { value: unknown }
  return typeof value === 'string' ? value : undefined
}

function unownedTables(texts: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = []
  for (const [path, text] of texts) {
    if (!/^db\/migrations\/.*\.sql$/.test(path)) continue
    for (const [index, line] of text.split('\n').entries()) {
      const table = /^create table (?:if not exists )?([a-z_0-9]+)/i.exec(line)?.[1]
      if (table === undefined || ownerOfTable[table] !== undefined) continue
      findings.push({ path, line: index + 1, sentence: `${table} has no owner in tools/tidy/tables.ts` })
    }
  }
  return findings
}
