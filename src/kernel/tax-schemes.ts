/**
 * Under what kinds of number a company declares tax. `vat` and `gst` are what EN 16931 calls the seller's VAT identifier (BT-31); the others are tax
 * registrations (BT-32) or stand on returns alone.
 */
export const taxSchemes = {
  vat: 'VAT number',
  vat_ni: 'VAT number for goods from Northern Ireland',
  gst: 'GST number',
  abn: 'ABN',
  ein: 'EIN',
  sales_tax: 'Sales tax permit',
  oss: 'OSS, Union scheme',
  oss_non_union: 'OSS, non-Union scheme',
  ioss: 'IOSS number',
  eori: 'EORI number',
  tax_number: 'Tax number',
} as const satisfies Record<string, string>

export type TaxScheme = keyof typeof taxSchemes

export const taxSchemeNames = Object.keys(taxSchemes) as [TaxScheme, ...TaxScheme[]]

export const isTaxScheme = (name: string): name is TaxScheme => Object.hasOwn(taxSchemes, name)
