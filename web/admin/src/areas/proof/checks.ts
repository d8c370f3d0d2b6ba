import { defineTexts } from '../../../../ui/language.ts'

/** Every check of the books: what it is called, and what it compares with what. */
const catalogue = {
  'entries-balance': 'Every entry balances',
  'entries-balance_compares':
    'Each entry with its lines: their sum is zero in every currency, none is missing, all are on its day.',
  'balances-match-lines': 'Balances are the sum of their lines',
  'balances-match-lines_compares': 'Every stored balance, by day and by month, with the sum of its lines.',
  'activity-matches-lines': 'Sales by item, channel and country are the sum of their lines',
  'activity-matches-lines_compares':
    'What is stored of income and expenses by item, channel and country with the lines that it comes from.',
  'receivable-matches-customers': 'What customers owe is made of their open items',
  'receivable-matches-customers_compares': 'For each customer, the lines on the account with the open items.',
  'payable-matches-suppliers': 'What we owe is made of open items',
  'payable-matches-suppliers_compares': 'For each supplier, the lines on the account with the open items.',
  'deposits-match-orders': 'Deposits are what is left of them',
  'deposits-match-orders_compares': 'For each customer, the lines on the account with what is left of their deposits.',
  'gift-cards-match-liability': 'Gift cards are worth what the books say',
  'gift-cards-match-liability_compares': 'For each card, the lines on the account with the movements of the card.',
  'store-credit-matches-liability': 'Store credit is what the books say',
  'store-credit-matches-liability_compares':
    'For each customer, the lines on the account with the movements of store credit and what can still be used.',
  'open-items-match-applications': 'What is settled was settled by something',
  'open-items-match-applications_compares': 'What each open item says is settled with what was applied to it.',
  'currencies-match-rates': 'Other currencies stand at their rates',
  'currencies-match-rates_compares': 'Money and receivables in other currencies with the rate of their day.',
  'stock-value-matches-ledger': 'Stock is worth what the books say',
  'stock-value-matches-ledger_compares': 'The value of the goods in stock with the account of stock.',
  'stock-quantity-matches-moves': 'Stock is what was moved',
  'stock-quantity-matches-moves_compares': 'The quantity of every item with its movements.',
  'clearing-matches-processor': 'Processors hold what the books say',
  'clearing-matches-processor_compares': 'Clearing accounts with the reports of the payment processors.',
  'received-not-invoiced-explained': 'What was received and not billed is known',
  'received-not-invoiced-explained_compares': 'The account with the receipts that no bill names yet.',
  'documents-have-entries': 'Every document is in the books',
  'documents-have-entries_compares':
    'Each invoice, credit note and payment with its entry, and each entry with its source.',
  'refunds-within-payments': 'No more is paid back than was paid',
  'refunds-within-payments_compares': 'Credit notes with the lines of their invoices, and refunds with their payments.',
  'orders-match-channel': 'Orders are those of the channel',
  'orders-match-channel_compares': 'The orders of each channel with what the channel itself says.',
  'closed-periods-unchanged': 'Closed months are as they were closed',
  'closed-periods-unchanged_compares': 'Each closed month with the hash that was taken when it was closed.',
  'numbers-gapless': 'Numbers have no gaps',
  'numbers-gapless_compares':
    'The numbers of the entries of each fiscal year, from one without a hole; and those that the series gave to invoices and credit notes, with their documents.',
  'seals-match-entries': 'The journal was not rewritten',
  'seals-match-entries_compares':
    'A chain of hashes over every line with the one that was kept when they were written.',
  'tax-matches-returns': 'Tax says what it was charged on',
  'tax-matches-returns_compares':
    'Every line on a tax account with its code, authority, day and base, and with its document.',
  'suspense-has-exceptions': 'What is not explained waits for somebody',
  'suspense-has-exceptions_compares': 'What stands in suspense with the exceptions that are open for it.',
  'moves-match-lines': 'Moved lines are where they were moved',
  'moves-match-lines_compares': 'Every line that was moved with the entry that moved it.',
  'dimensions-exist': 'Everything that a line names exists',
  'dimensions-exist_compares': 'The customer, item, document, channel, tax code and mapping rule of every line.',
  'cash-flow-matches-cash': 'Cash flow explains the change of cash',
  'cash-flow-matches-cash_compares': 'Both ways to state it with each other, and with the accounts of money.',
  'reversals-net-to-zero': 'Reversals take all back',
  'reversals-net-to-zero_compares': 'Every entry with the one that takes it back, account by account.',
  'recurring-posted-once': 'Recurring journals fell once',
  'recurring-posted-once_compares': 'The days on which each was due with what became of them.',
  'attachments-match-hashes': 'Attached files are as they were attached',
  'attachments-match-hashes_compares': 'Every file with the hash that was taken of it.',
} as const
const t = defineTexts('checks', catalogue)

const said = (key: string): string | undefined => (key in catalogue ? t(key as keyof typeof catalogue) : undefined)

/** What a check is called, and what it compares. One that a newer server brings is called by its own name. */
export const wordsOfCheck = (name: string): { title: string; compares: string } => ({
  title: said(name) ?? name.replaceAll('-', ' '),
  compares: said(`${name}_compares`) ?? '',
})
