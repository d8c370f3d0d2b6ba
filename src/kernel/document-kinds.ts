/** What a sales document can be. */
export const documentKinds = ['invoice', 'credit_note', 'bad_debt', 'stock_adjustment', 'free_items', 'order'] as const

export type DocumentKind = (typeof documentKinds)[number]
