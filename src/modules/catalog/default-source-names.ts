import type { SourceNameMeaning } from './source-names.ts'

type DefaultName = { pattern: string } & SourceNameMeaning

const clearing = (pattern: string, method: string): DefaultName => ({ pattern, standsFor: 'clearing', method })
const unknown: DefaultName = { pattern: '.*', standsFor: 'unknown' }

/**
 * What the payment names of the sources that we import stand for, until a company says otherwise; the first that matches wins. Names that a
 * source is not known to use are in no list: their money waits in suspense until somebody says where it is.
 */
export const defaultPaymentNames: Readonly<Record<string, readonly DefaultName[]>> = {
  // Our own format: whoever writes the file chooses the names, and the mapping of payment_clearing has an account for each, or the usual one.
  orders: [
    { pattern: 'bank|bank[ _-]transfer', standsFor: 'bank' },
    { pattern: 'cash', standsFor: 'cash' },
    { pattern: 'gift[ _-]card', standsFor: 'gift_card' },
    { pattern: '.*', standsFor: 'clearing' },
  ],
  olist: [
    clearing('credit_card', 'credit_card'),
    clearing('debit_card', 'debit_card'),
    clearing('boleto', 'boleto'),
    clearing('voucher', 'voucher'),
    unknown,
  ],
  'shopify-orders': [
    clearing('shopify[ _]payments', 'shopify_payments'),
    clearing('paypal.*', 'paypal'),
    clearing('stripe.*', 'stripe'),
    clearing('amazon[ _]pay.*', 'amazon_pay'),
    clearing('klarna.*', 'klarna'),
    clearing('shop[ _]cash.*', 'shop_cash'),
    { pattern: 'gift[ _]card', standsFor: 'gift_card' },
    { pattern: 'cash', standsFor: 'cash' },
    { pattern: 'bank[ _](deposit|transfer)', standsFor: 'bank' },
    { pattern: 'cash on delivery( \\(cod\\))?', standsFor: 'clearing', method: 'cash_on_delivery' },
    unknown,
  ],
}
