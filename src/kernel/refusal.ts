import { refusalOfConstraint, refusalOfState } from './refusal-of-constraint.ts'
import { refusalsOfBackups } from './refusals-of-backups.ts'
import { type RefusalKind, refusalsOfPeople } from './refusals-of-people.ts'
import { refusalsOfSettling } from './refusals-of-settling.ts'
import { refusalsOfTax } from './refusals-of-tax.ts'

/** The closed list of reasons for which the product declines a request. Problem details, documentation and screens read it. */
export const refusals = {
  ...refusalsOfBackups,
  ...refusalsOfPeople,
  ...refusalsOfSettling,
  ...refusalsOfTax,
  account_ended: {
    status: 422,
    title: 'The account has ended',
    remedy: 'Choose an account that is in use on that day.',
  },
  account_exists: { status: 409, title: 'An account with this code exists', remedy: 'Choose another code.' },
  account_group_unknown: {
    status: 404,
    title: 'There is no such group of accounts',
    remedy: 'Choose a group of the chart of accounts: the list of accounts shows them.',
  },
  account_has_balance: {
    status: 422,
    title: 'The account still has a balance',
    remedy: 'Move its balance to another account first.',
  },
  account_posted_later: {
    status: 422,
    title: 'Something is posted to the account after that day',
    remedy: 'End it on or after the day of its last entry.',
  },
  account_unknown: {
    status: 404,
    title: 'There is no such account',
    remedy: 'Look the account up in the chart of accounts.',
  },
  already_reversed: {
    status: 409,
    title: 'The entry has been reversed already',
    remedy: 'Look at the reversal before posting another correction.',
  },
  amount_not_positive: { status: 422, title: 'The amount must be above zero', remedy: 'Give a positive amount.' },
  attachment_empty: { status: 422, title: 'The file is empty', remedy: 'Attach a file that holds something.' },
  attachment_too_large: {
    status: 422,
    title: 'The file is too large',
    remedy: 'Attach a smaller one, or parts of it.',
  },
  attachment_type_differs: {
    status: 422,
    title: 'The file is not of the kind that it is said to be',
    remedy: 'Name the kind that the file is, or none.',
  },
  attachment_unknown: { status: 404, title: 'There is no such attachment', remedy: 'List what is attached.' },
  append_only: { status: 422, title: 'Posted rows are never changed', remedy: 'Post a reversal and a new entry.' },
  chart_unknown: {
    status: 422,
    title: 'There is no such chart of accounts',
    remedy: 'Choose one of: uk, us, de, fr, generic.',
  },
  changed_meanwhile: {
    status: 412,
    title: 'It has changed since it was read',
    remedy: 'Read it again, and repeat the change on what it says now.',
  },
  channel_unknown: { status: 404, title: 'There is no such channel', remedy: 'Add the channel first.' },
  code_pattern_invalid: {
    status: 422,
    title: 'The pattern is not a regular expression',
    remedy: 'Correct the pattern.',
  },
  company_fixed: {
    status: 422,
    title: 'The books rest on this, so it stays',
    remedy:
      'Country, currency and chart are chosen when a company is created, and its fiscal year stays once something is posted: create another company for others.',
  },
  company_identity_invalid: {
    status: 422,
    title: 'A part of who the company is cannot be so',
    remedy: 'Correct the part that is named, or leave it empty.',
  },
  company_unknown: { status: 404, title: 'There is no such company', remedy: 'List the companies.' },
  control_account_needs_party: {
    status: 422,
    title: 'A line on a control account must name what its sub-ledger is kept by',
    remedy: 'Name the customer, supplier, order or gift card on the line.',
  },
  control_account_needs_document: {
    status: 422,
    title: 'The account follows documents, and a journal cannot move it',
    remedy: 'Enter the payment, the application or the refund itself.',
  },
  sample_company_running: {
    status: 409,
    title: 'A sample company is being made already',
    remedy: 'Wait until it is there: it takes less than a minute.',
  },
  sample_company_unknown: {
    status: 404,
    title: 'The company is no sample',
    remedy: 'Ask for the sample company that you created.',
  },
  country_unknown: {
    status: 422,
    title: 'The country is not an ISO 3166 code',
    remedy: 'Give a two-letter country code.',
  },
  credit_exceeds_invoice: {
    status: 422,
    title: 'More would be credited than is left of the invoice line',
    remedy: 'Credit no more than what is left.',
  },
  currency_not_base: {
    status: 422,
    title: 'The amounts are not in the base currency of the company',
    remedy: 'Import into a company that keeps its books in this currency.',
  },
  currency_unknown: {
    status: 422,
    title: 'The currency is not an ISO 4217 code',
    remedy: 'Give a three-letter currency code.',
  },
  customer_exists: {
    status: 409,
    title: 'A customer with this number exists and says something else',
    remedy: 'Change the customer, or choose another number.',
  },
  budget_unknown: { status: 404, title: 'There is no such budget', remedy: 'Add the budget first.' },
  customer_unknown: { status: 404, title: 'There is no such customer', remedy: 'Create the customer first.' },
  difference_above_limit: {
    status: 422,
    title: 'The difference is more than is accepted',
    remedy: 'Look for its cause, or name a higher limit.',
  },
  document_exists_differently: {
    status: 409,
    title: 'A document of this number exists with other content',
    remedy: 'Compare both; correct by credit note and a new number.',
  },
  document_unknown: { status: 404, title: 'There is no such document', remedy: 'Look the document up by its number.' },
  due_day_not_refused: {
    status: 409,
    title: 'Nothing was refused on that day',
    remedy: 'List what became of the due days.',
  },
  entry_belongs_to_document: {
    status: 422,
    title: 'The entry was posted by a document',
    remedy: 'Correct the document, for example by a credit note.',
  },
  entry_not_balanced: {
    status: 422,
    title: 'The entry does not balance',
    remedy: 'Make its lines sum to zero, in the base currency and in each currency.',
  },
  entry_not_whole: {
    status: 422,
    title: 'The entry is not whole',
    remedy: 'Post an entry with all of its lines at once.',
  },
  entry_too_short: { status: 422, title: 'An entry needs two lines', remedy: 'Give at least two lines.' },
  entry_unknown: { status: 404, title: 'There is no such entry', remedy: 'Look the entry up by its number.' },
  exception_closed: {
    status: 422,
    title: 'The exception is closed',
    remedy: 'Open it again, with a reason.',
  },
  exception_needs_remedy: {
    status: 422,
    title: 'Its lines are still in suspense',
    remedy:
      'Say what the code stands for, which tax it is, or accept the difference; or dismiss the exception with a reason.',
  },
  exception_not_of_kind: {
    status: 422,
    title: 'The exception is of another kind',
    remedy: 'Choose the remedy that its kind has.',
  },
  exception_unknown: { status: 404, title: 'There is no such exception', remedy: 'List the exceptions.' },
  fact_posted_differently: {
    status: 409,
    title: 'This fact has been posted with other content',
    remedy: 'Give another fact a reference of its own; to correct the posted one, reverse or credit it first.',
  },
  fiscal_year_already_closed: {
    status: 409,
    title: 'The fiscal year is closed already',
    remedy: 'Reverse its closing entry first.',
  },
  idempotency_key_running: {
    status: 409,
    title: 'A request with this idempotency key is under way',
    remedy: 'Wait a moment and send the same request again: it gets the answer of the first.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key was used for another request',
    remedy: 'Use a new key for a new request.',
  },
  import_format_unknown: {
    status: 422,
    title: 'There is no such import format',
    remedy: 'Choose one of the formats that the documentation lists.',
  },
  import_format_unclear: {
    status: 422,
    title: 'The files do not say which format they are of',
    remedy: 'Choose one of the formats that they can be, or leave out the files that do not belong to the others.',
  },
  import_not_in_state: {
    status: 409,
    title: 'The import cannot do that now',
    remedy: 'Look at its state: it is checked before it runs, and only what runs can be paused.',
  },
  import_row_missing: {
    status: 422,
    title: 'The files name an order or a row that they do not hold',
    remedy: 'Import the files that belong together in one go.',
  },
  import_running: {
    status: 409,
    title: 'Another import of this company is running',
    remedy: 'Wait until it is done.',
  },
  import_unknown: { status: 404, title: 'There is no such import', remedy: 'Look it up in the list of imports.' },
  input_invalid: {
    status: 400,
    title: 'The request is not of the expected form',
    remedy: 'Compare it with the API document.',
  },
  item_group_unknown: { status: 404, title: 'There is no such item group', remedy: 'Add the item group first.' },
  item_unknown: { status: 404, title: 'There is no such item', remedy: 'Create the item first.' },
  journal_draft_exists: {
    status: 409,
    title: 'There is another draft with this reference',
    remedy: 'Open that draft and change it, discard it, or choose another reference.',
  },
  journal_not_a_draft: {
    status: 409,
    title: 'The journal is posted, and no draft any more',
    remedy: 'Reverse it and write another one.',
  },
  journal_unknown: { status: 404, title: 'There is no such journal', remedy: 'Look it up by its reference.' },
  line_unknown: { status: 404, title: 'There is no such line', remedy: 'Look the entry up and count its lines.' },
  line_moved_on: {
    status: 422,
    title: 'The line no longer stands there',
    remedy: 'Name the line where it stands now, or take back the later move first.',
  },
  line_is_zero: { status: 422, title: 'A line must move something', remedy: 'Leave lines of zero out.' },
  mapping_missing: {
    status: 422,
    title: 'No account is mapped to this role',
    remedy: 'Add a mapping rule for the role.',
  },
  mapping_rule_unknown: { status: 404, title: 'There is no such mapping rule', remedy: 'List the mapping rules.' },
  mapping_leaves_sub_ledger: {
    status: 422,
    title: 'The account belongs to another sub-ledger or tax than the role, or to none',
    remedy: 'Choose an account that has this role or one of the same sub-ledger, or add one with the role first.',
  },
  nothing_to_close: { status: 422, title: 'The fiscal year has no result to close', remedy: 'Check the year.' },
  number_too_large: {
    status: 422,
    title: 'A number is larger than the books can hold',
    remedy: 'Check the amounts, quantities and prices.',
  },
  opening_balances_incomplete: {
    status: 422,
    title: 'The opening balances do not tie out',
    remedy: 'Add what is missing: accounts so that all sum to zero, and open items for each control account.',
  },
  party_of_other_kind: {
    status: 422,
    title: 'The party is no customer, or no supplier',
    remedy: 'Name a customer on what customers owe, and a supplier on what we owe.',
  },
  period_already_closed: { status: 409, title: 'The period is closed already', remedy: 'Nothing needs doing.' },
  period_closed: {
    status: 422,
    title: 'The period is closed',
    remedy: 'Use a date in an open period, or have the period reopened.',
  },
  period_not_closed: { status: 409, title: 'The period is not closed', remedy: 'Nothing needs doing.' },
  rate_missing: {
    status: 422,
    title: 'There is no exchange rate for this currency and day',
    remedy: 'Import the reference rates of that time, or add a rate of your own.',
  },
  reason_missing: { status: 422, title: 'A reason is needed', remedy: 'Say why.' },
  reclassification_leaves_sub_ledger: {
    status: 422,
    title: 'The line would leave the sub-ledger of its account, or enter another one',
    remedy: 'Correct the document or the journal that posted it.',
  },
  recurring_journal_ended: {
    status: 409,
    title: 'The recurring journal has ended',
    remedy: 'Begin another one with a name of its own.',
  },
  recurring_journal_exists: {
    status: 409,
    title: 'A recurring journal of this name exists with other content',
    remedy: 'End it and begin another one with a name of its own.',
  },
  recurring_journal_never_due: {
    status: 422,
    title: 'The recurring journal would never fall due',
    remedy: 'Let it end on or after its first due day.',
  },
  recurring_journal_unknown: {
    status: 404,
    title: 'There is no such recurring journal',
    remedy: 'List the recurring journals.',
  },
  report_unknown: { status: 404, title: 'There is no such report', remedy: 'Choose one from the list of reports.' },
  role_unknown: {
    status: 422,
    title: 'There is no such role',
    remedy: 'Choose a role from the list in the documentation.',
  },
  suspense_needs_exception: {
    status: 422,
    title: 'Suspense holds only what an import could not place, and an exception names it',
    remedy: 'Choose the account on which it belongs; for suspense, an account of its own that no other role leads to.',
  },
  supplier_unknown: { status: 404, title: 'There is no such supplier', remedy: 'Create the supplier first.' },
  structure_unknown: {
    status: 404,
    title: 'There is no such structure',
    remedy: 'List the structures; a merge is read as before:ID.',
  },
  template_invalid: {
    status: 422,
    title: 'The template could not be filled in',
    remedy: 'Correct what is named; the documentation describes a template.',
  },
  template_parameter_invalid: {
    status: 422,
    title: 'A parameter of the template is missing or not as it should be',
    remedy: 'Give the parameter as it is expected.',
  },
  template_unknown: { status: 404, title: 'There is no such template', remedy: 'List the templates.' },
  time_zone_unknown: {
    status: 422,
    title: 'The time zone is not an IANA name',
    remedy: 'Give a name such as Europe/London.',
  },
  webhook_delivery_unknown: {
    status: 404,
    title: 'There is no such delivery to this endpoint',
    remedy: 'Look at the log of the endpoint.',
  },
  webhook_endpoint_unknown: {
    status: 404,
    title: 'There is no such webhook endpoint',
    remedy: 'List the webhook endpoints.',
  },
  webhook_url_refused: {
    status: 422,
    title: 'Webhooks are not sent to this address',
    remedy: 'Give an https address on the public network.',
  },
  uploads_full: {
    status: 422,
    title: 'The uploads of the company take as much of the disk as they may',
    remedy: 'Wait until older uploads are removed, a week after their last use, or have the operator raise the limit.',
  },
  upload_unknown: { status: 404, title: 'The file is not here', remedy: 'Upload it first.' },
} as const satisfies Record<string, RefusalKind>

export type RefusalCode = keyof typeof refusals

/** An expected "no". Throwing it rolls the transaction back; the edges turn it into problem details or an exit code. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly detail: Record<string, unknown>

  constructor(code: RefusalCode, detail: Record<string, unknown> = {}) {
    const words = Object.entries(detail).map(([name, value]) => `${name} ${String(value)}`)
    super(words.length > 0 ? `${refusals[code].title}: ${words.join(', ')}` : refusals[code].title)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }
}

/** Turns a database error into the refusal that its constraint or its state stands for, or returns it unchanged. */
export function asRefusal(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('constraint' in error) || !('code' in error)) return error
  const code = refusalOfConstraint[String(error.constraint)] ?? refusalOfState[String(error.code)]
  if (code === undefined) return error
  // PostgreSQL's own violations name a table, and their words are of indexes and rows. Our triggers name none, and speak to the user.
  const ownWords = !('table' in error) || error.table === undefined
  return new Refusal(code, ownWords && error instanceof Error ? { reason: error.message } : {})
}
