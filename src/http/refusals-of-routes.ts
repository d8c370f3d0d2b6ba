// Written by `npm run refusals` from what the handler of each route can reach. Never edited by hand.
export const refusalsOfRoutes: Readonly<Record<string, string>> = {
  'delete /api/v1/companies/{companyId}/attachments/{attachmentId}':
    'append_only attachment_unknown company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'delete /api/v1/companies/{companyId}/identity/versions/{version}':
    'append_only changed_meanwhile company_identity_invalid company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'delete /api/v1/companies/{companyId}/views/{viewId}':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large view_exists view_of_another view_unknown',
  'get /api/v1/audit': 'input_invalid',
  'get /api/v1/companies': 'input_invalid not_signed_in',
  'get /api/v1/companies/{companyId}': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/accounts': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/accounts/{code}': 'account_unknown company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/api-keys': 'company_unknown input_invalid not_signed_in',
  'get /api/v1/companies/{companyId}/approval-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/approvals':
    'account_ended account_exists account_group_unknown account_has_balance account_posted_later account_unknown already_reversed amount_not_positive append_only approval_by_same_person approval_decided approval_needed approval_outdated approval_unknown bank_details_invalid changed_meanwhile channel_unknown code_pattern_invalid company_unknown control_account_needs_document control_account_needs_party country_unknown customer_unknown deposit_exceeds_payment deposit_forfeited deposit_spent difference_above_limit document_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently fiscal_year_already_closed gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown journal_unknown line_is_zero line_moved_on line_unknown mapping_leaves_sub_ledger mapping_missing member_unknown not_permitted not_signed_in nothing_to_close number_too_large open_item_exceeded open_item_unknown party_of_other_kind payment_unknown period_closed period_not_closed rate_missing reason_missing reclassification_leaves_sub_ledger recurring_journal_unknown role_unknown store_credit_exceeded suspense_needs_exception tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'get /api/v1/companies/{companyId}/approvals/{approvalId}':
    'account_ended account_exists account_group_unknown account_has_balance account_posted_later account_unknown already_reversed amount_not_positive append_only approval_by_same_person approval_decided approval_needed approval_outdated approval_unknown bank_details_invalid changed_meanwhile channel_unknown code_pattern_invalid company_unknown control_account_needs_document control_account_needs_party country_unknown customer_unknown deposit_exceeds_payment deposit_forfeited deposit_spent difference_above_limit document_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently fiscal_year_already_closed gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown journal_unknown line_is_zero line_moved_on line_unknown mapping_leaves_sub_ledger mapping_missing member_unknown not_permitted not_signed_in nothing_to_close number_too_large open_item_exceeded open_item_unknown party_of_other_kind payment_unknown period_closed period_not_closed rate_missing reason_missing reclassification_leaves_sub_ledger recurring_journal_unknown role_unknown store_credit_exceeded suspense_needs_exception tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'get /api/v1/companies/{companyId}/attachments':
    'company_unknown document_unknown entry_unknown input_invalid journal_unknown',
  'get /api/v1/companies/{companyId}/attachments/{attachmentId}/content':
    'attachment_unknown company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/audit-log': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/bank-accounts': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/budgets': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/budgets/{code}/amounts': 'budget_unknown company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/channels': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/checks': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/customers':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/customers/count':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/customers/{customerId}':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/destination-names': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/destination-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/documents':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/documents/count':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/documents/{documentId}':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/documents/{documentId}/timeline':
    'company_unknown document_unknown exception_closed input_invalid',
  'get /api/v1/companies/{companyId}/earlier-documents':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/earlier-documents/count':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/earlier-documents/{earlierDocumentId}':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/early-payment-terms':
    'company_unknown discount_not_offered input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/early-payment-terms/count':
    'company_unknown discount_not_offered input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/early-payment-terms/{documentId}':
    'company_unknown discount_not_offered input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/entries':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/entries/count':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/entries/{entryId}': 'company_unknown entry_unknown input_invalid',
  'get /api/v1/companies/{companyId}/exception-duties': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/exception-settings': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/exceptions': 'company_unknown input_invalid not_signed_in',
  'get /api/v1/companies/{companyId}/exceptions/counts': 'company_unknown input_invalid not_signed_in',
  'get /api/v1/companies/{companyId}/exceptions/people': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/exceptions/{exceptionId}': 'company_unknown exception_unknown input_invalid',
  'get /api/v1/companies/{companyId}/export/journal':
    'append_only company_unknown input_invalid number_too_large too_many_requests',
  'get /api/v1/companies/{companyId}/exports/customers':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/documents':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/earlier-documents':
    'company_unknown document_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/early-payment-terms':
    'company_unknown discount_not_offered input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/entries':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/exceptions':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/gift-card-movements':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/gift-cards':
    'company_unknown gift_card_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/item-groups':
    'company_unknown input_invalid item_group_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/item-sales':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/items':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/open-items':
    'company_unknown input_invalid not_permitted not_signed_in open_item_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/exports/payable-items':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/payments':
    'company_unknown input_invalid not_permitted not_signed_in payment_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/exports/store-credit':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/store-credit-movements':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/exports/suppliers':
    'company_unknown input_invalid not_permitted not_signed_in supplier_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/gift-card-movements':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/gift-card-movements/count':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/gift-cards':
    'company_unknown gift_card_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/gift-cards/count':
    'company_unknown gift_card_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/gift-cards/{giftCardId}':
    'company_unknown gift_card_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/home': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/identity': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/identity/versions': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/import-formats':
    'account_ended account_exists account_group_unknown account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party currency_not_base currency_unknown customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown import_row_missing input_invalid line_is_zero line_moved_on mapping_missing number_too_large open_item_exceeded open_item_unknown opening_balances_incomplete party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown',
  'get /api/v1/companies/{companyId}/imports': 'account_unknown company_unknown input_invalid mapping_missing',
  'get /api/v1/companies/{companyId}/imports/{importId}':
    'account_unknown company_unknown import_unknown input_invalid mapping_missing',
  'get /api/v1/companies/{companyId}/imports/{importId}/events': 'company_unknown import_unknown input_invalid',
  'get /api/v1/companies/{companyId}/imports/{importId}/trial-balance': 'company_unknown import_unknown input_invalid',
  'get /api/v1/companies/{companyId}/invitations': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/item-groups':
    'company_unknown input_invalid item_group_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/item-groups/count':
    'company_unknown input_invalid item_group_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/item-groups/{itemGroupId}':
    'company_unknown input_invalid item_group_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/item-sales':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/item-sales/count':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/item-sales/{itemId}':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/items':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/items/count':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/items/{itemId}':
    'company_unknown input_invalid item_unknown not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/journal-templates': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/journals':
    'company_unknown input_invalid journal_unknown not_permitted not_signed_in',
  'get /api/v1/companies/{companyId}/journals/{journalId}':
    'company_unknown input_invalid journal_unknown not_permitted not_signed_in',
  'get /api/v1/companies/{companyId}/letterhead': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/line-code-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/mapping-applications': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/mapping-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/mapping-rules/{ruleId}': 'company_unknown input_invalid mapping_rule_unknown',
  'get /api/v1/companies/{companyId}/month-end-pack':
    'account_unknown append_only company_unknown input_invalid number_too_large too_many_requests',
  'get /api/v1/companies/{companyId}/open-items':
    'company_unknown input_invalid not_permitted not_signed_in open_item_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/open-items/count':
    'company_unknown input_invalid not_permitted not_signed_in open_item_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/open-items/{openItemId}':
    'company_unknown input_invalid not_permitted not_signed_in open_item_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/parties': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/payable-items':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/payable-items/count':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/payments':
    'company_unknown input_invalid not_permitted not_signed_in payment_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/payments/count':
    'company_unknown input_invalid not_permitted not_signed_in payment_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/payments/{paymentId}':
    'company_unknown input_invalid not_permitted not_signed_in payment_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/people': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/periods': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/posting-day-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/rates': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/rates/{currency}/{on}': 'company_unknown input_invalid rate_missing',
  'get /api/v1/companies/{companyId}/recurring-journals': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/recurring-journals/days': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/recurring-journals/upcoming':
    'account_unknown company_unknown input_invalid template_parameter_invalid',
  'get /api/v1/companies/{companyId}/reports':
    'account_unknown budget_unknown company_unknown customer_unknown input_invalid',
  'get /api/v1/companies/{companyId}/reports/{name}':
    'account_unknown append_only budget_unknown company_unknown customer_unknown input_invalid number_too_large report_unknown',
  'get /api/v1/companies/{companyId}/reports/{name}/table':
    'account_unknown budget_unknown company_unknown customer_unknown input_invalid report_unknown',
  'get /api/v1/companies/{companyId}/sample': 'company_unknown input_invalid sample_company_unknown',
  'get /api/v1/companies/{companyId}/search': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/source-name-rules': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/store-credit':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/store-credit-movements':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/store-credit-movements/count':
    'company_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/store-credit/count':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/store-credit/{customerId}':
    'company_unknown customer_unknown input_invalid not_permitted not_signed_in too_many_requests',
  'get /api/v1/companies/{companyId}/structures/accounts': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/structures/{structure}/trial-balance':
    'company_unknown input_invalid structure_unknown',
  'get /api/v1/companies/{companyId}/suppliers':
    'company_unknown input_invalid not_permitted not_signed_in supplier_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/suppliers/count':
    'company_unknown input_invalid not_permitted not_signed_in supplier_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/suppliers/{supplierId}':
    'company_unknown input_invalid not_permitted not_signed_in supplier_unknown too_many_requests',
  'get /api/v1/companies/{companyId}/tax-codes': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/tax-codes/{code}': 'company_unknown input_invalid tax_code_absent',
  'get /api/v1/companies/{companyId}/tax-numbers': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/views': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/views/{viewId}': 'company_unknown input_invalid view_unknown',
  'get /api/v1/companies/{companyId}/webhook-endpoints': 'company_unknown input_invalid',
  'get /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}':
    'company_unknown input_invalid webhook_endpoint_unknown',
  'get /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/deliveries':
    'company_unknown input_invalid webhook_endpoint_unknown',
  'get /api/v1/countries': 'input_invalid',
  'get /api/v1/me':
    'input_invalid not_permitted not_signed_in password_wrong second_factor_already_on second_factor_wrong sign_in_locked',
  'get /api/v1/me/passkeys': 'input_invalid not_signed_in',
  'get /api/v1/me/sessions':
    'input_invalid not_permitted not_signed_in password_weak password_wrong session_unknown sign_in_locked',
  'patch /api/v1/companies/{companyId}':
    'changed_meanwhile company_fixed company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large time_zone_unknown',
  'patch /api/v1/companies/{companyId}/accounts/{code}':
    'account_exists account_group_unknown account_has_balance account_posted_later account_unknown changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'patch /api/v1/companies/{companyId}/customers/{customerId}':
    'changed_meanwhile company_unknown customer_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'patch /api/v1/companies/{companyId}/item-groups/{itemGroupId}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown number_too_large',
  'patch /api/v1/companies/{companyId}/items/{itemId}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown number_too_large tax_code_unknown',
  'patch /api/v1/companies/{companyId}/people/{userId}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid member_unknown number_too_large owner_needed',
  'patch /api/v1/companies/{companyId}/views/{viewId}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large view_exists view_of_another view_unknown',
  'patch /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large webhook_endpoint_unknown webhook_url_refused',
  'patch /api/v1/me': 'input_invalid not_signed_in',
  'post /api/v1/companies':
    'account_exists account_group_unknown append_only changed_meanwhile chart_unknown code_pattern_invalid country_unknown currency_unknown idempotency_key_reused idempotency_key_running input_invalid mapping_leaves_sub_ledger not_signed_in number_too_large role_unknown suspense_needs_exception tax_code_unknown time_zone_unknown',
  'post /api/v1/companies/{companyId}/accounts':
    'account_exists account_group_unknown account_unknown company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large role_unknown',
  'post /api/v1/companies/{companyId}/accounts/merges':
    'account_ended account_exists account_group_unknown account_has_balance account_posted_later account_unknown already_reversed append_only approval_needed approval_pending changed_meanwhile company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short exception_closed exception_needs_remedy exception_unknown fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_leaves_sub_ledger mapping_missing number_too_large period_closed reason_missing reclassification_leaves_sub_ledger role_unknown suspense_needs_exception',
  'post /api/v1/companies/{companyId}/api-keys': 'company_unknown input_invalid not_signed_in scope_not_held',
  'post /api/v1/companies/{companyId}/api-keys/{keyId}/revoke':
    'api_key_unknown company_unknown idempotency_key_reused idempotency_key_running input_invalid not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/approvals/{approvalId}/approve':
    'account_ended account_exists account_group_unknown account_has_balance account_posted_later account_unknown already_reversed amount_not_positive append_only approval_by_same_person approval_decided approval_needed approval_outdated approval_unknown bank_details_invalid changed_meanwhile channel_unknown code_pattern_invalid company_unknown control_account_needs_document control_account_needs_party country_unknown customer_unknown deposit_exceeds_payment deposit_forfeited deposit_spent difference_above_limit document_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently fiscal_year_already_closed gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown journal_unknown line_is_zero line_moved_on line_unknown mapping_leaves_sub_ledger mapping_missing member_unknown nothing_to_close number_too_large open_item_exceeded open_item_unknown party_of_other_kind payment_unknown period_closed period_not_closed rate_missing reason_missing reclassification_leaves_sub_ledger recurring_journal_unknown role_unknown store_credit_exceeded suspense_needs_exception tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'post /api/v1/companies/{companyId}/approvals/{approvalId}/decline':
    'account_ended account_exists account_group_unknown account_has_balance account_posted_later account_unknown already_reversed amount_not_positive append_only approval_by_same_person approval_decided approval_needed approval_outdated approval_unknown bank_details_invalid changed_meanwhile channel_unknown code_pattern_invalid company_unknown control_account_needs_document control_account_needs_party country_unknown customer_unknown deposit_exceeds_payment deposit_forfeited deposit_spent difference_above_limit document_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently fiscal_year_already_closed gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown journal_unknown line_is_zero line_moved_on line_unknown mapping_leaves_sub_ledger mapping_missing member_unknown nothing_to_close number_too_large open_item_exceeded open_item_unknown party_of_other_kind payment_unknown period_closed period_not_closed rate_missing reason_missing reclassification_leaves_sub_ledger recurring_journal_unknown role_unknown store_credit_exceeded suspense_needs_exception tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'post /api/v1/companies/{companyId}/attachments':
    'append_only attachment_empty attachment_too_large attachment_type_differs company_unknown document_unknown entry_unknown input_invalid journal_unknown number_too_large',
  'post /api/v1/companies/{companyId}/bad-debts':
    'account_ended already_reversed amount_not_positive append_only approval_needed approval_pending company_unknown control_account_needs_party customer_unknown document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown period_closed rate_missing reason_missing',
  'post /api/v1/companies/{companyId}/budgets':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/checks': 'company_unknown input_invalid',
  'post /api/v1/companies/{companyId}/credit-notes':
    'account_ended already_reversed append_only company_unknown control_account_needs_party credit_exceeds_invoice customer_unknown document_exists_differently document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown payment_exists_differently period_closed rate_missing refund_exceeds_payment',
  'post /api/v1/companies/{companyId}/customers':
    'company_unknown customer_exists idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/deposits/applications':
    'account_ended already_reversed append_only company_unknown control_account_needs_party customer_unknown deposit_exceeds_payment document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties payment_unknown period_closed rate_missing',
  'post /api/v1/companies/{companyId}/deposits/forfeitures':
    'account_ended already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_party deposit_exceeds_payment deposit_forfeited deposit_spent entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large payment_unknown period_closed rate_missing reason_missing',
  'post /api/v1/companies/{companyId}/destination-names':
    'changed_meanwhile company_unknown country_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/destination-rules':
    'append_only changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large tax_code_unknown',
  'post /api/v1/companies/{companyId}/early-payment-terms/{documentId}/end':
    'append_only changed_meanwhile company_unknown discount_not_offered idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'post /api/v1/companies/{companyId}/entries':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded supplier_unknown tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown',
  'post /api/v1/companies/{companyId}/entries/bulk':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded supplier_unknown tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown',
  'post /api/v1/companies/{companyId}/entries/{entryId}/reverse':
    'account_ended already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing number_too_large open_item_exceeded open_item_unknown period_closed reason_missing store_credit_exceeded',
  'post /api/v1/companies/{companyId}/exception-duties':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'post /api/v1/companies/{companyId}/exceptions/assignments':
    'append_only changed_meanwhile company_unknown exception_closed exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/exceptions/dismissals':
    'append_only approval_pending company_unknown exception_closed exception_needs_remedy exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/exceptions/due-days':
    'append_only changed_meanwhile company_unknown exception_closed exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/exceptions/notes':
    'append_only company_unknown exception_unknown idempotency_key_reused idempotency_key_running input_invalid member_unknown not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/exceptions/reopenings':
    'append_only company_unknown exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/exceptions/reruns':
    'account_ended account_exists account_group_unknown account_unknown already_reversed amount_not_positive append_only approval_needed approval_pending changed_meanwhile code_pattern_invalid company_unknown control_account_needs_document control_account_needs_party country_unknown credit_exceeds_invoice currency_not_base currency_unknown customer_unknown deposit_exceeds_payment difference_above_limit document_exists_differently document_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently gift_card_exceeded gift_card_expired gift_card_unknown idempotency_key_reused idempotency_key_running import_row_missing input_invalid line_is_zero line_moved_on mapping_leaves_sub_ledger mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties party_of_other_kind payment_exists_differently period_closed rate_missing reason_missing recurring_journal_unknown refund_exceeds_payment role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'post /api/v1/companies/{companyId}/exceptions/resolutions':
    'account_ended already_reversed append_only approval_needed approval_pending changed_meanwhile code_pattern_invalid company_unknown control_account_needs_party country_unknown difference_above_limit entry_not_balanced entry_not_whole entry_too_short exception_closed exception_needs_remedy exception_not_of_kind exception_unknown fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_leaves_sub_ledger mapping_missing not_permitted not_signed_in number_too_large period_closed reason_missing role_unknown tax_code_unknown',
  'post /api/v1/companies/{companyId}/exceptions/seen':
    'company_unknown exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/exceptions/work':
    'append_only changed_meanwhile company_unknown exception_closed exception_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large reason_missing',
  'post /api/v1/companies/{companyId}/fees':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed rate_missing tax_code_unknown',
  'post /api/v1/companies/{companyId}/gift-cards/breakage':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed',
  'post /api/v1/companies/{companyId}/gift-cards/redemptions':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_expired gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties period_closed',
  'post /api/v1/companies/{companyId}/gift-cards/refunds':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed',
  'post /api/v1/companies/{companyId}/gift-cards/sales':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_differs gift_card_exceeded gift_card_expired gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed tax_code_unknown',
  'post /api/v1/companies/{companyId}/imports':
    'account_ended account_exists account_group_unknown account_unknown already_reversed amount_not_positive append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party credit_exceeds_invoice currency_not_base currency_unknown customer_unknown deposit_exceeds_payment document_exists_differently document_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_expired gift_card_unknown idempotency_key_reused idempotency_key_running import_format_unclear import_format_unknown import_row_missing import_running import_unknown input_invalid line_is_zero line_moved_on mapping_missing number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties opening_balances_incomplete party_of_other_kind payment_exists_differently period_closed rate_missing reason_missing refund_exceeds_payment role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown upload_unknown uploads_full',
  'post /api/v1/companies/{companyId}/imports/files': 'company_unknown input_invalid upload_unknown uploads_full',
  'post /api/v1/companies/{companyId}/imports/recognitions':
    'account_ended account_exists account_group_unknown account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party currency_not_base currency_unknown customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown import_row_missing input_invalid line_is_zero line_moved_on mapping_missing number_too_large open_item_exceeded open_item_unknown opening_balances_incomplete party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown upload_unknown uploads_full',
  'post /api/v1/companies/{companyId}/imports/{importId}/cancel':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running import_not_in_state import_unknown input_invalid mapping_missing number_too_large',
  'post /api/v1/companies/{companyId}/imports/{importId}/check':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running import_not_in_state import_unknown input_invalid mapping_missing number_too_large',
  'post /api/v1/companies/{companyId}/imports/{importId}/pause':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running import_not_in_state import_unknown input_invalid mapping_missing number_too_large',
  'post /api/v1/companies/{companyId}/imports/{importId}/run':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running import_not_in_state import_unknown input_invalid mapping_missing number_too_large',
  'post /api/v1/companies/{companyId}/invitations': 'company_unknown input_invalid number_too_large',
  'post /api/v1/companies/{companyId}/invitations/{invitationId}/withdraw':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid invitation_unknown number_too_large',
  'post /api/v1/companies/{companyId}/invoices':
    'account_ended already_reversed append_only company_unknown control_account_needs_party credit_exceeds_invoice customer_unknown deposit_exceeds_payment discount_offered_differently document_exists_differently document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid item_unknown line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties payment_exists_differently period_closed rate_missing refund_exceeds_payment tax_code_unknown',
  'post /api/v1/companies/{companyId}/invoices/early-payment-terms':
    'append_only company_unknown discount_offered_differently document_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/item-groups':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/items':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/journal-templates':
    'append_only changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large template_invalid',
  'post /api/v1/companies/{companyId}/journals/drafts':
    'company_unknown customer_unknown idempotency_key_reused idempotency_key_running input_invalid journal_draft_exists journal_not_a_draft journal_unknown not_permitted not_signed_in number_too_large supplier_unknown',
  'post /api/v1/companies/{companyId}/journals/drafts/discard':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid journal_not_a_draft journal_unknown not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/journals/drafts/post':
    'account_ended account_unknown already_reversed append_only approval_needed approval_outdated approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid journal_unknown line_is_zero line_moved_on mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown',
  'post /api/v1/companies/{companyId}/journals/from-templates':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid template_unknown',
  'post /api/v1/companies/{companyId}/journals/from-templates/preview':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid template_unknown',
  'post /api/v1/companies/{companyId}/line-code-rules':
    'append_only changed_meanwhile code_pattern_invalid company_unknown idempotency_key_reused idempotency_key_running input_invalid mapping_leaves_sub_ledger number_too_large role_unknown',
  'post /api/v1/companies/{companyId}/mapping-rules':
    'account_unknown append_only changed_meanwhile channel_unknown company_unknown idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown mapping_leaves_sub_ledger number_too_large role_unknown suspense_needs_exception tax_code_unknown',
  'post /api/v1/companies/{companyId}/mapping-rules/apply':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending changed_meanwhile channel_unknown company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short exception_closed exception_needs_remedy exception_unknown fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid item_group_unknown item_unknown line_is_zero mapping_leaves_sub_ledger mapping_missing number_too_large period_closed reason_missing role_unknown suspense_needs_exception tax_code_unknown',
  'post /api/v1/companies/{companyId}/mapping-rules/preview':
    'account_unknown channel_unknown company_unknown input_invalid item_group_unknown item_unknown mapping_leaves_sub_ledger mapping_missing role_unknown suspense_needs_exception tax_code_unknown',
  'post /api/v1/companies/{companyId}/open-items/applications':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties period_closed',
  'post /api/v1/companies/{companyId}/opening-balances':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded party_of_other_kind period_closed role_unknown store_credit_exceeded supplier_unknown tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown',
  'post /api/v1/companies/{companyId}/payments/captures':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown deposit_exceeds_payment document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown payment_exists_differently period_closed rate_missing refund_exceeds_payment tax_code_unknown',
  'post /api/v1/companies/{companyId}/payments/early':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown discount_not_offered document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties payment_exists_differently period_closed rate_missing refund_exceeds_payment',
  'post /api/v1/companies/{companyId}/payments/received':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown deposit_exceeds_payment document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown open_items_of_different_parties parts_exceed_payment payment_exists_differently period_closed rate_missing refund_exceeds_payment',
  'post /api/v1/companies/{companyId}/payments/refunds':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown deposit_exceeds_payment deposit_forfeited document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown payment_exists_differently payment_unknown period_closed rate_missing refund_exceeds_payment',
  'post /api/v1/companies/{companyId}/payouts':
    'account_ended already_reversed append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed rate_missing',
  'post /api/v1/companies/{companyId}/people/{userId}/end':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid member_unknown number_too_large owner_needed',
  'post /api/v1/companies/{companyId}/periods/{month}/close':
    'append_only company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large period_already_closed',
  'post /api/v1/companies/{companyId}/periods/{month}/reopen':
    'append_only company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large period_not_closed reason_missing',
  'post /api/v1/companies/{companyId}/posting-day-rules':
    'append_only changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'post /api/v1/companies/{companyId}/rates':
    'append_only company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/reclassifications':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short exception_closed exception_needs_remedy exception_unknown fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on line_unknown mapping_missing not_permitted not_signed_in number_too_large period_closed reason_missing reclassification_leaves_sub_ledger suspense_needs_exception',
  'post /api/v1/companies/{companyId}/recurring-journals':
    'account_unknown append_only company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large recurring_journal_exists recurring_journal_never_due template_parameter_invalid template_unknown',
  'post /api/v1/companies/{companyId}/recurring-journals/changes':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large recurring_journal_ended recurring_journal_unknown',
  'post /api/v1/companies/{companyId}/recurring-journals/retries':
    'account_ended account_unknown already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_document control_account_needs_party customer_unknown due_day_not_refused entry_belongs_to_document entry_not_balanced entry_not_whole entry_too_short entry_unknown exception_closed exception_needs_remedy exception_unknown fact_posted_differently gift_card_exceeded gift_card_unknown idempotency_key_reused idempotency_key_running input_invalid line_is_zero line_moved_on mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown party_of_other_kind period_closed reason_missing recurring_journal_unknown role_unknown store_credit_exceeded tax_base_missing tax_base_needs_tax_account tax_base_sign tax_code_not_declared tax_code_unknown template_parameter_invalid',
  'post /api/v1/companies/{companyId}/revaluations':
    'account_ended already_reversed append_only company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short entry_unknown fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large period_closed rate_missing',
  'post /api/v1/companies/{companyId}/seal': 'append_only company_unknown input_invalid number_too_large',
  'post /api/v1/companies/{companyId}/source-name-rules':
    'append_only changed_meanwhile code_pattern_invalid company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large tax_code_unknown',
  'post /api/v1/companies/{companyId}/store-credit/issues':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown period_closed store_credit_exceeded',
  'post /api/v1/companies/{companyId}/store-credit/payouts':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown period_closed store_credit_exceeded',
  'post /api/v1/companies/{companyId}/store-credit/redemptions':
    'account_ended already_reversed amount_not_positive append_only company_unknown control_account_needs_party customer_unknown document_unknown entry_not_balanced entry_not_whole entry_too_short fact_posted_differently idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in number_too_large open_item_exceeded open_item_unknown period_closed store_credit_exceeded',
  'post /api/v1/companies/{companyId}/structures/accounts':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large',
  'post /api/v1/companies/{companyId}/views':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid not_permitted not_signed_in number_too_large view_exists',
  'post /api/v1/companies/{companyId}/webhook-endpoints':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large webhook_url_refused',
  'post /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/replay':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large webhook_delivery_unknown webhook_endpoint_unknown',
  'post /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/rotate-secret':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large webhook_endpoint_unknown',
  'post /api/v1/companies/{companyId}/webhook-endpoints/{endpointId}/test':
    'company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large webhook_endpoint_unknown',
  'post /api/v1/companies/{companyId}/years/close':
    'account_ended already_reversed append_only approval_needed approval_pending company_unknown control_account_needs_party entry_not_balanced entry_not_whole entry_too_short fact_posted_differently fiscal_year_already_closed idempotency_key_reused idempotency_key_running input_invalid line_is_zero mapping_missing not_permitted not_signed_in nothing_to_close number_too_large period_closed',
  'post /api/v1/invitations/accept':
    'email_taken input_invalid link_not_valid member_already not_signed_in password_weak sign_in_failed sign_in_locked',
  'post /api/v1/me/passkeys': 'input_invalid passkey_failed',
  'post /api/v1/me/passkeys/options': 'input_invalid',
  'post /api/v1/me/passkeys/{id}/remove': 'input_invalid not_signed_in passkey_unknown',
  'post /api/v1/me/password': 'input_invalid not_signed_in password_weak password_wrong sign_in_locked',
  'post /api/v1/me/recovery-codes': 'input_invalid not_signed_in password_wrong sign_in_locked',
  'post /api/v1/me/second-factor': 'input_invalid not_signed_in password_wrong second_factor_already_on sign_in_locked',
  'post /api/v1/me/second-factor/confirm': 'input_invalid not_signed_in second_factor_wrong',
  'post /api/v1/me/second-factor/end': 'input_invalid not_signed_in password_wrong sign_in_locked',
  'post /api/v1/me/sessions/{id}/end': 'input_invalid not_signed_in session_unknown',
  'post /api/v1/password-reset': 'input_invalid link_not_valid password_weak',
  'post /api/v1/sample-companies':
    'account_exists account_group_unknown append_only changed_meanwhile chart_unknown code_pattern_invalid country_unknown currency_unknown idempotency_key_reused idempotency_key_running input_invalid mapping_leaves_sub_ledger not_signed_in number_too_large role_unknown sample_company_running sample_company_unknown suspense_needs_exception tax_code_unknown time_zone_unknown',
  'post /api/v1/session': 'input_invalid sign_in_failed sign_in_locked',
  'post /api/v1/session/end': 'input_invalid',
  'post /api/v1/session/passkey': 'input_invalid passkey_failed sign_in_locked',
  'post /api/v1/session/passkey-options': 'input_invalid',
  'post /api/v1/session/second-factor': 'input_invalid second_factor_wrong sign_in_locked',
  'post /api/v1/setup': 'email_taken input_invalid link_not_valid password_weak sign_in_failed sign_in_locked',
  'put /api/v1/companies/{companyId}/approval-rules/{kind}':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'put /api/v1/companies/{companyId}/bank-accounts/{name}':
    'approval_needed approval_pending bank_details_invalid changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'put /api/v1/companies/{companyId}/budgets/{code}/amounts':
    'account_unknown budget_unknown changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'put /api/v1/companies/{companyId}/exception-settings':
    'changed_meanwhile company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'put /api/v1/companies/{companyId}/identity':
    'append_only changed_meanwhile company_identity_invalid company_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large',
  'put /api/v1/companies/{companyId}/imports/{importId}/accounts':
    'account_unknown company_unknown idempotency_key_reused idempotency_key_running import_not_in_state import_unknown input_invalid mapping_missing number_too_large',
  'put /api/v1/companies/{companyId}/journals/{journalId}':
    'changed_meanwhile company_unknown customer_unknown idempotency_key_reused idempotency_key_running input_invalid journal_draft_exists journal_not_a_draft journal_unknown not_permitted not_signed_in number_too_large supplier_unknown',
  'put /api/v1/companies/{companyId}/tax-numbers':
    'changed_meanwhile company_unknown country_unknown idempotency_key_reused idempotency_key_running input_invalid number_too_large tax_number_invalid tax_numbers_overlap',
}
