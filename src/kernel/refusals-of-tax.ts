import type { RefusalKind } from './refusals-of-people.ts'

/** What is refused of tax codes, and of tax on lines that a person writes. */
export const refusalsOfTax = {
  tax_base_missing: {
    status: 422,
    title: 'A tax line does not say what was taxed',
    remedy:
      'Give the tax base beside the tax code: the net in the base currency, or zero where the tax alone is corrected.',
  },
  tax_base_needs_tax_account: {
    status: 422,
    title: 'Only a line on a tax account says what was taxed',
    remedy: 'Write the tax as a line of its own, on an account of output tax or input tax.',
  },
  tax_base_sign: {
    status: 422,
    title: 'The tax and what was taxed have signs that do not fit',
    remedy:
      'Give what was taxed above zero beside a credit on output tax or a debit on input tax, and below zero beside the opposite.',
  },
  tax_code_absent: { status: 404, title: 'There is no tax code of this name', remedy: 'List the tax codes.' },
  tax_code_not_declared: {
    status: 422,
    title: 'The tax code stands in no return, so no tax can be posted by it',
    remedy: 'Choose a tax code that is declared to an authority.',
  },
  tax_number_invalid: {
    status: 422,
    title: 'The tax number is not as numbers of its kind are',
    remedy: 'Compare it with the letter of the authority: what is named does not fit.',
  },
  tax_number_unknown: { status: 404, title: 'The company has no such tax number', remedy: 'List its tax numbers.' },
  tax_numbers_overlap: {
    status: 422,
    title: 'Two tax numbers of one kind are valid on the same day',
    remedy: 'Give the earlier one its last day, before the first day of the later one.',
  },
  tax_code_unknown: {
    status: 422,
    title: 'There is no such tax code, or it has no rate on that day',
    remedy: 'Add the tax code or its rate.',
  },
} as const satisfies Record<string, RefusalKind>
