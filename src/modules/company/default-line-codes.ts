import type { NewLineCodeRule } from '../catalog/index.ts'

const charge = (priority: number, pattern: string, role: NewLineCodeRule['role'], taxed: boolean): NewLineCodeRule => ({
  priority,
  pattern,
  standsFor: 'charge',
  role,
  taxed,
})

/**
 * What the codes of the order exports that we import stand for, until a company says otherwise. Gift cards are multi-purpose: taxed when they
 * are used, not when they are sold (UK VATA 1994 Sch 10B).
 */
export const defaultLineCodeRules: Record<string, readonly NewLineCodeRule[]> = {
  'online-retail': [
    charge(10, 'POST|DOT|C2', 'shipping_income', true),
    charge(10, 'D', 'sales_discounts', true),
    charge(10, 'M|S|PADS', 'sales', true),
    { priority: 10, pattern: 'GIFT_.*', standsFor: 'gift_card', role: 'gift_card_liability', taxed: false },
    charge(10, 'BANK CHARGES', 'payment_fees', false),
    charge(10, 'AMAZONFEE|CRUK', 'channel_fees', false),
    charge(10, 'B', 'bad_debts', false),
    { priority: 20, pattern: '\\d{5}[A-Z]*', standsFor: 'item', role: 'sales', taxed: true },
    { priority: 90, pattern: '.*', standsFor: 'unknown', role: 'sales_suspense', taxed: true },
  ],
  // By the SKU, or by the name of a line that has none.
  'shopify-orders': [
    {
      priority: 10,
      pattern: '(E-)?GIFT[ _-]?CARD.*',
      standsFor: 'gift_card',
      role: 'gift_card_liability',
      taxed: false,
    },
    charge(10, 'TIP', 'other_income', false),
    { priority: 90, pattern: '.*', standsFor: 'item', role: 'sales', taxed: true },
  ],
}
