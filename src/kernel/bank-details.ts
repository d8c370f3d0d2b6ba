import { isCountryCode } from './countries.ts'
import { isCurrencyCode } from './currencies.ts'
import { wrongWithIban } from './iban.ts'
import { Refusal } from './refusal.ts'

/**
 * Where somebody is paid: by IBAN; or by the account number with a sort code (United Kingdom), a routing number (United States), or the bank's
 * BIC alone, as elsewhere; or by both. What is not told is null.
 */
export type BankDetails = {
  holder: string
  bank: string
  currency: string
  iban: string | null
  bic: string | null
  sortCode: string | null
  routingNumber: string | null
  accountNumber: string | null
}

/** The same as somebody wrote them: with spaces, hyphens and small letters, and what they leave out left out. */
export type WrittenBankDetails = { holder: string; bank?: string | undefined; currency: string } & {
  [part in 'iban' | 'bic' | 'sortCode' | 'routingNumber' | 'accountNumber']?: string | null | undefined
}

/**
 * Puts bank details into the form in which they are kept: without spaces and hyphens, in capitals. Refuses `bank_details_invalid` with the field
 * and what was expected of it, also where nobody could pay by them.
 */
export function readBankDetails(written: WrittenBankDetails): BankDetails {
  const plain = (text: string | null | undefined): string | null => {
    const kept = (text ?? '').replace(/[\s-]/g, '').toUpperCase()
    return kept === '' ? null : kept
  }
  const details = {
    holder: written.holder.trim(),
    bank: (written.bank ?? '').trim(),
    currency: written.currency,
    iban: plain(written.iban),
    bic: plain(written.bic),
    sortCode: plain(written.sortCode),
    routingNumber: plain(written.routingNumber),
    accountNumber: plain(written.accountNumber),
  }
  for (const [field, wrong] of wrongWith(details))
    if (wrong !== undefined) throw new Refusal('bank_details_invalid', { field, expected: wrong })
  return details
}

/** Each field with what is wrong with it. The first that is wrong is told. */
function* wrongWith(details: BankDetails): Generator<[field: string, wrong: string | undefined]> {
  const { holder, currency, iban, bic, sortCode, routingNumber, accountNumber } = details
  yield ['holder', holder === '' ? 'the name of the account holder' : undefined]
  yield ['currency', isCurrencyCode(currency) ? undefined : 'a currency by ISO 4217']
  if (iban !== null) yield ['iban', wrongWithIban(iban)]
  if (bic !== null) yield ['bic', isBic(bic) ? undefined : 'a BIC by ISO 9362: 8 or 11 letters and digits']
  if (sortCode !== null) yield ['sortCode', /^[0-9]{6}$/.test(sortCode) ? undefined : 'six digits, such as 12-34-56']
  if (routingNumber !== null) yield ['routingNumber', wrongWithRouting(routingNumber)]
  if (accountNumber !== null) yield ['accountNumber', wrongWithNumber(details, accountNumber)]
  yield ['iban', unpaid(details)]
}

/** Four of the party, two of its country, two of the place, and three of the branch where there is one. */
const isBic = (bic: string): boolean =>
  /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic) && isCountryCode(bic.slice(4, 6))

/** The American Bankers Association's check: the digits by 3, 7 and 1 in turn sum to a multiple of ten. */
function wrongWithRouting(routing: string): string | undefined {
  if (!/^[0-9]{9}$/.test(routing)) return 'nine digits'
  const weights = [3, 7, 1]
  const sum = [...routing].reduce((total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0), 0)
  return sum % 10 === 0 && sum > 0 ? undefined : 'a routing number whose last digit agrees with the others'
}

function wrongWithNumber({ sortCode, routingNumber }: BankDetails, number: string): string | undefined {
  if (sortCode !== null)
    return /^[0-9]{8}$/.test(number) ? undefined : 'the eight digits of an account beside a sort code'
  if (routingNumber !== null)
    return /^[0-9]{4,17}$/.test(number) ? undefined : 'four to seventeen digits beside a routing number'
  return /^[A-Z0-9]{1,34}$/.test(number) ? undefined : 'letters and digits, 34 at most'
}

/** What is missing, or does not go together. */
function unpaid({ iban, bic, sortCode, routingNumber, accountNumber }: BankDetails): string | undefined {
  if (sortCode !== null && routingNumber !== null) return 'a sort code or a routing number, not both'
  if (accountNumber === null)
    return sortCode !== null || routingNumber !== null || iban === null
      ? 'an IBAN, or an account number with its code'
      : undefined
  if (iban === null && bic === null && sortCode === null && routingNumber === null)
    return 'an IBAN, or a sort code, a routing number or a BIC beside the account number'
  if (iban?.startsWith('GB') && sortCode !== null && !iban.endsWith(sortCode + accountNumber))
    return 'an IBAN that ends with this sort code and account number'
  return undefined
}
