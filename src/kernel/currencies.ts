/**
 * The currencies of ISO 4217 and their exponents: how many decimal places the minor unit stands behind the point.
 * Amounts are stored as whole minor units, so an exponent that changed would silently change every stored amount.
 * The table is therefore pinned here and never taken from the runtime's locale data, which gives the forint and the
 * Iraqi dinar no places where the standard and the banks' files give two and three.
 */
export type Currency = {
  readonly name: string
  /** Decimal places of the minor unit, from 0 (yen) to 4 (Unidad de Fomento). */
  readonly exponent: 0 | 2 | 3 | 4
  /** First day on which another currency had taken its place; null while it is active. */
  readonly withdrawnOn: string | null
}

const active = (name: string, exponent: Currency['exponent']) => ({ name, exponent, withdrawnOn: null }) as const

/** A currency that is gone still stands in old books, so its exponent stays known. */
const withdrawn = (name: string, exponent: Currency['exponent'], withdrawnOn: string) =>
  ({ name, exponent, withdrawnOn }) as const

export const currencies = {
  AED: active('UAE Dirham', 2),
  AFN: active('Afghani', 2),
  ALL: active('Lek', 2),
  AMD: active('Armenian Dram', 2),
  AOA: active('Kwanza', 2),
  ARS: active('Argentine Peso', 2),
  AUD: active('Australian Dollar', 2),
  AWG: active('Aruban Florin', 2),
  AZN: active('Azerbaijan Manat', 2),
  BAM: active('Convertible Mark', 2),
  BBD: active('Barbados Dollar', 2),
  BDT: active('Taka', 2),
  BHD: active('Bahraini Dinar', 3),
  BIF: active('Burundi Franc', 0),
  BMD: active('Bermudian Dollar', 2),
  BND: active('Brunei Dollar', 2),
  BOB: active('Boliviano', 2),
  BOV: active('Mvdol', 2),
  BRL: active('Brazilian Real', 2),
  BSD: active('Bahamian Dollar', 2),
  BTN: active('Ngultrum', 2),
  BWP: active('Pula', 2),
  BYN: active('Belarusian Ruble', 2),
  BZD: active('Belize Dollar', 2),
  CAD: active('Canadian Dollar', 2),
  CDF: active('Congolese Franc', 2),
  CHE: active('WIR Euro', 2),
  CHF: active('Swiss Franc', 2),
  CHW: active('WIR Franc', 2),
  CLF: active('Unidad de Fomento', 4),
  CLP: active('Chilean Peso', 0),
  CNY: active('Yuan Renminbi', 2),
  COP: active('Colombian Peso', 2),
  COU: active('Unidad de Valor Real', 2),
  CRC: active('Costa Rican Colon', 2),
  CUP: active('Cuban Peso', 2),
  CVE: active('Cabo Verde Escudo', 2),
  CZK: active('Czech Koruna', 2),
  DJF: active('Djibouti Franc', 0),
  DKK: active('Danish Krone', 2),
  DOP: active('Dominican Peso', 2),
  DZD: active('Algerian Dinar', 2),
  EGP: active('Egyptian Pound', 2),
  ERN: active('Nakfa', 2),
  ETB: active('Ethiopian Birr', 2),
  EUR: active('Euro', 2),
  FJD: active('Fiji Dollar', 2),
  FKP: active('Falkland Islands Pound', 2),
  GBP: active('Pound Sterling', 2),
  GEL: active('Lari', 2),
  GHS: active('Ghana Cedi', 2),
  GIP: active('Gibraltar Pound', 2),
  GMD: active('Dalasi', 2),
  GNF: active('Guinean Franc', 0),
  GTQ: active('Quetzal', 2),
  GYD: active('Guyana Dollar', 2),
  HKD: active('Hong Kong Dollar', 2),
  HNL: active('Lempira', 2),
  HTG: active('Gourde', 2),
  HUF: active('Forint', 2),
  IDR: active('Rupiah', 2),
  ILS: active('New Israeli Sheqel', 2),
  INR: active('Indian Rupee', 2),
  IQD: active('Iraqi Dinar', 3),
  IRR: active('Iranian Rial', 2),
  ISK: active('Iceland Krona', 0),
  JMD: active('Jamaican Dollar', 2),
  JOD: active('Jordanian Dinar', 3),
  JPY: active('Yen', 0),
  KES: active('Kenyan Shilling', 2),
  KGS: active('Som', 2),
  KHR: active('Riel', 2),
  KMF: active('Comorian Franc', 0),
  KPW: active('North Korean Won', 2),
  KRW: active('Won', 0),
  KWD: active('Kuwaiti Dinar', 3),
  KYD: active('Cayman Islands Dollar', 2),
  KZT: active('Tenge', 2),
  LAK: active('Lao Kip', 2),
  LBP: active('Lebanese Pound', 2),
  LKR: active('Sri Lanka Rupee', 2),
  LRD: active('Liberian Dollar', 2),
  LSL: active('Loti', 2),
  LYD: active('Libyan Dinar', 3),
  MAD: active('Moroccan Dirham', 2),
  MDL: active('Moldovan Leu', 2),
  MGA: active('Malagasy Ariary', 2),
  MKD: active('Denar', 2),
  MMK: active('Kyat', 2),
  MNT: active('Tugrik', 2),
  MOP: active('Pataca', 2),
  MRU: active('Ouguiya', 2),
  MUR: active('Mauritius Rupee', 2),
  MVR: active('Rufiyaa', 2),
  MWK: active('Malawi Kwacha', 2),
  MXN: active('Mexican Peso', 2),
  MXV: active('Mexican Unidad de Inversion', 2),
  MYR: active('Malaysian Ringgit', 2),
  MZN: active('Mozambique Metical', 2),
  NAD: active('Namibia Dollar', 2),
  NGN: active('Naira', 2),
  NIO: active('Cordoba Oro', 2),
  NOK: active('Norwegian Krone', 2),
  NPR: active('Nepalese Rupee', 2),
  NZD: active('New Zealand Dollar', 2),
  OMR: active('Rial Omani', 3),
  PAB: active('Balboa', 2),
  PEN: active('Sol', 2),
  PGK: active('Kina', 2),
  PHP: active('Philippine Peso', 2),
  PKR: active('Pakistan Rupee', 2),
  PLN: active('Zloty', 2),
  PYG: active('Guarani', 0),
  QAR: active('Qatari Rial', 2),
  RON: active('Romanian Leu', 2),
  RSD: active('Serbian Dinar', 2),
  RUB: active('Russian Ruble', 2),
  RWF: active('Rwanda Franc', 0),
  SAR: active('Saudi Riyal', 2),
  SBD: active('Solomon Islands Dollar', 2),
  SCR: active('Seychelles Rupee', 2),
  SDG: active('Sudanese Pound', 2),
  SEK: active('Swedish Krona', 2),
  SGD: active('Singapore Dollar', 2),
  SHP: active('Saint Helena Pound', 2),
  SLE: active('Leone', 2),
  SOS: active('Somali Shilling', 2),
  SRD: active('Surinam Dollar', 2),
  SSP: active('South Sudanese Pound', 2),
  STN: active('Dobra', 2),
  SVC: active('El Salvador Colon', 2),
  SYP: active('Syrian Pound', 2),
  SZL: active('Lilangeni', 2),
  THB: active('Baht', 2),
  TJS: active('Somoni', 2),
  TMT: active('Turkmenistan New Manat', 2),
  TND: active('Tunisian Dinar', 3),
  TOP: active('Paʻanga', 2),
  TRY: active('Turkish Lira', 2),
  TTD: active('Trinidad and Tobago Dollar', 2),
  TWD: active('New Taiwan Dollar', 2),
  TZS: active('Tanzanian Shilling', 2),
  UAH: active('Hryvnia', 2),
  UGX: active('Uganda Shilling', 0),
  USD: active('US Dollar', 2),
  USN: active('US Dollar (next day)', 2),
  UYI: active('Uruguay Peso en Unidades Indexadas', 0),
  UYU: active('Peso Uruguayo', 2),
  UYW: active('Unidad Previsional', 4),
  UZS: active('Uzbekistan Sum', 2),
  VED: active('Digital Bolivar', 2),
  VES: active('Bolivar Soberano', 2),
  VND: active('Dong', 0),
  VUV: active('Vatu', 0),
  WST: active('Tala', 2),
  XAD: active('Arab Accounting Dinar', 2),
  XAF: active('CFA Franc BEAC', 0),
  XCD: active('East Caribbean Dollar', 2),
  XCG: active('Caribbean Guilder', 2),
  XOF: active('CFA Franc BCEAO', 0),
  XPF: active('CFP Franc', 0),
  YER: active('Yemeni Rial', 2),
  ZAR: active('Rand', 2),
  ZMW: active('Zambian Kwacha', 2),
  ZWG: active('Zimbabwe Gold', 2),

  // Withdrawn since 2005, in the order of their going.
  SIT: withdrawn('Slovenian Tolar', 2, '2007-01-01'),
  CYP: withdrawn('Cyprus Pound', 2, '2008-01-01'),
  MTL: withdrawn('Maltese Lira', 2, '2008-01-01'),
  SKK: withdrawn('Slovak Koruna', 2, '2009-01-01'),
  EEK: withdrawn('Estonian Kroon', 2, '2011-01-01'),
  LVL: withdrawn('Latvian Lats', 2, '2014-01-01'),
  LTL: withdrawn('Lithuanian Litas', 2, '2015-01-01'),
  HRK: withdrawn('Croatian Kuna', 2, '2023-01-01'),
  ANG: withdrawn('Netherlands Antillean Guilder', 2, '2025-03-31'),
  BGN: withdrawn('Bulgarian Lev', 2, '2026-01-01'),
} as const satisfies Record<string, Currency>

export type CurrencyCode = keyof typeof currencies

/**
 * Codes of ISO 4217 that have no minor unit: metals, bond units, drawing rights, testing and 'no currency'.
 * Nothing can be priced or kept in them, so they are named only to be refused with a reason.
 */
export const codesWithoutMinorUnit = [
  'XAG',
  'XAU',
  'XBA',
  'XBB',
  'XBC',
  'XBD',
  'XDR',
  'XPD',
  'XPT',
  'XSU',
  'XTS',
  'XUA',
  'XXX',
] as const

/** Whether money can be held in `code`: an ISO 4217 code, upper case, with a minor unit; withdrawn ones included. */
export const isCurrencyCode = (code: string): code is CurrencyCode => Object.hasOwn(currencies, code)

/** Whether `code` can be chosen for new business on `date` ('YYYY-MM-DD'): known, and not withdrawn by that day. */
export function isCurrencyActive(code: string, date: string): code is CurrencyCode {
  if (!isCurrencyCode(code)) return false
  const { withdrawnOn } = currencies[code]
  return withdrawnOn === null || date < withdrawnOn
}

/** Decimal places of the currency's minor unit: 2 for GBP, 0 for JPY, 3 for KWD. */
export const currencyExponent = (code: CurrencyCode): Currency['exponent'] => currencies[code].exponent
