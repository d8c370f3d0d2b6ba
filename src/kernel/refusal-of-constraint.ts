import type { RefusalCode } from './refusal.ts'

/** Database constraints that stand for a refusal, by name. Every other database error stays what it is. */
export const refusalOfConstraint: Record<string, RefusalCode> = {
  account_ended: 'account_ended',
  append_only: 'append_only',
  company_fixed: 'company_fixed',
  journal_entry_balances: 'entry_not_balanced',
  journal_entry_has_two_lines: 'entry_too_short',
  journal_entry_is_whole: 'entry_not_whole',
  journal_entry_posts_once: 'fact_posted_differently',
  journal_entry_reversed_once: 'already_reversed',
  journal_line_moves_something: 'line_is_zero',
  period_closed: 'period_closed',
  account_company_id_code_key: 'account_exists',
  open_item_applied_within_amount: 'open_item_exceeded',
  payment_company_id_document_id_fkey: 'document_unknown',
  payment_refunded_within_amount: 'refund_exceeds_payment',
  sales_document_line_credited_within_quantity: 'credit_exceeds_invoice',
  deposit_applied_within_amount: 'deposit_exceeds_payment',
  gift_card_not_overdrawn: 'gift_card_exceeded',
  store_credit_not_overdrawn: 'store_credit_exceeded',
  store_credit_company_id_party_id_fkey: 'customer_unknown',
  gift_card_movement_company_id_gift_card_id_fkey: 'gift_card_unknown',
  open_item_company_id_party_id_fkey: 'customer_unknown',
  // Two people who add the next version of one rule at the same moment.
  mapping_rule_version_once: 'changed_meanwhile',
  line_code_rule_version_once: 'changed_meanwhile',
  source_name_rule_version_once: 'changed_meanwhile',
  destination_rule_company_id_destination_effective_from_vers_key: 'changed_meanwhile',
  posting_day_rule_version_once: 'changed_meanwhile',
  company_identity_pkey: 'changed_meanwhile',
  company_tax_number_one_at_a_time: 'tax_numbers_overlap',
  saved_view_name_once: 'view_exists',
}

/** What the database says of values that no column can hold, whatever the constraint: by SQLSTATE. */
export const refusalOfState: Record<string, RefusalCode> = {
  '22003': 'number_too_large',
  '22021': 'input_invalid', // a character that text cannot hold, such as NUL
  '22P05': 'input_invalid',
}
