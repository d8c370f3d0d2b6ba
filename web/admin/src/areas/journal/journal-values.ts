import type { Account, JournalDetail, TaxCode, WrittenLine } from '../../../../../clients/typescript/src/api.ts'
import { currencyExponent, isCurrencyCode } from '../../../../../src/kernel/currencies.ts'
import { decimalOf, isNegative, minorUnits, negated, placesOf, typedDecimal } from '../../../../ui/exact.ts'
import { t } from './texts.ts'

/** A line as it is typed: amounts are text until they are read. */
export type LineValues = {
  /** Tells it from the others while they move. */
  key: string
  account: string
  /** Where no single account plays it, the role that a template named. */
  role: string
  party: string
  debit: string
  credit: string
  document: string
  openedOn: string | null
  dueOn: string | null
  currency: string | null
  currencyAmount: string
  /** A tax code; on a tax account with what was taxed, without a sign: the side of the line says which it takes. */
  taxCode: string
  taxBase: string
  /** The key of the line whose tax it is, where the form made it. */
  taxOf: string
}

export type JournalValues = {
  date: string | null
  description: string
  reference: string
  documentReference: string
  reason: string
  reverse: '' | 'next_day' | 'next_period'
  every: '' | 'month' | 'quarter' | 'year'
  lines: LineValues[]
}

/** How amounts are typed: the places of the currency of the books, and the reader's locale. */
export type Typing = { places: number; locale: string }

/** What reading a typed entry needs to know: how amounts are written, the accounts by code, and the tax codes. */
export type Typed = { typing: Typing; accounts: ReadonlyMap<string, Account>; taxCodes: readonly TaxCode[] }

const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(36)).join('')

export const blankLine = (): LineValues => ({
  key: newKey(),
  account: '',
  role: '',
  party: '',
  debit: '',
  credit: '',
  document: '',
  openedOn: null,
  dueOn: null,
  currency: null,
  currencyAmount: '',
  taxCode: '',
  taxBase: '',
  taxOf: '',
})

/** A reference that nobody has to think of. */
export const newReference = (date: string): string => `J-${date}-${newKey()}`

export const blankJournal = (date: string): JournalValues => ({
  date,
  description: '',
  reference: newReference(date),
  documentReference: '',
  reason: '',
  reverse: '',
  every: '',
  lines: [blankLine(), blankLine(), blankLine()],
})

export const isBlank = ({ account, role, party, debit, credit }: LineValues): boolean =>
  [account, role, party, debit, credit].every((text) => text.trim() === '')

/** Minor units of what is typed in one cell: 0 for nothing, undefined for what is no amount. */
export function unitsOf(typed: string, typing: Typing): bigint | undefined {
  if (typed.trim() === '') return 0n
  const amount = typedDecimal(typed, typing)
  return amount === undefined ? undefined : minorUnits(amount, typing.places)
}

/** Debit less credit; undefined where either is no amount. */
export function netOf({ debit, credit }: LineValues, typing: Typing): bigint | undefined {
  const [left, right] = [unitsOf(debit, typing), unitsOf(credit, typing)]
  return left === undefined || right === undefined ? undefined : left - right
}

export type Totals = { debit: string; credit: string; difference: string; isBalanced: boolean }

/** The sums of both columns and what is between them, exactly. A negative debit counts as what it is typed as. */
export function totalsOf(lines: readonly LineValues[], typing: Typing): Totals {
  const sum = (side: 'debit' | 'credit') =>
    lines.reduce((total, line) => total + (unitsOf(line[side], typing) ?? 0n), 0n)
  const [debit, credit] = [sum('debit'), sum('credit')]
  const written = (units: bigint) => decimalOf(units, typing.places)
  return {
    debit: written(debit),
    credit: written(credit),
    difference: written(debit - credit),
    isBalanced: debit === credit && debit !== 0n,
  }
}

/** What line `at` must take for both columns to be the same: on which side, and how much. Undefined where they are. */
export function restFor(
  lines: readonly LineValues[],
  at: number,
  typing: Typing,
): { side: 'debit' | 'credit'; amount: string } | undefined {
  const { difference } = totalsOf(
    lines.filter((_, index) => index !== at),
    typing,
  )
  if (minorUnits(difference, typing.places) === 0n) return undefined
  return isNegative(difference)
    ? { side: 'debit', amount: negated(difference) }
    : { side: 'credit', amount: difference }
}

/** What is typed, as the locale writes it; what is no amount stays as it is. */
export function tidied(typed: string, { places, locale }: Typing): string {
  const amount = typed.trim() === '' ? undefined : typedDecimal(typed, { places, locale })
  if (amount === undefined) return typed
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  return format.format(amount as Intl.StringNumericLiteral)
}

/** The sub-ledger of an account that a line by hand can stand in: it then names whom it is about. */
export const partyKindOf = (account: Account | undefined): 'customer' | 'supplier' | undefined =>
  account?.role === 'receivable' ? 'customer' : account?.role === 'payable' ? 'supplier' : undefined

type Known = ReadonlyMap<string, Account>

/** How what was taxed is signed beside a debit of a tax account; undefined on any other account. */
export function baseSignOf({ account, role }: LineValues, accounts: Known): 1n | -1n | undefined {
  const played = role || (accounts.get(account)?.role ?? '')
  if (played === 'output_tax' || played === 'output_tax_pending') return -1n
  return played === 'input_tax' || played === 'input_tax_pending' ? 1n : undefined
}

/** The tax of a line as it is sent: a base only beside a code, on a tax account. */
function taxBody(line: LineValues, typing: Typing, accounts: Known): Pick<WrittenLine, 'taxCode' | 'taxBase'> {
  if (line.taxCode === '') return {}
  const sign = baseSignOf(line, accounts)
  const base = unitsOf(line.taxBase, typing)
  if (sign === undefined || base === undefined || line.taxBase.trim() === '') return { taxCode: line.taxCode }
  const side = (netOf(line, typing) ?? 0n) < 0n ? -sign : sign
  return { taxCode: line.taxCode, taxBase: decimalOf(base * side, typing.places) }
}

/** What is wrong with a journal, by field, before anything is sent. A draft may lack whatever somebody still looks for. */
export function problemsOf(
  values: JournalValues,
  { typing, accounts, isDraft }: { typing: Typing; accounts: Known; isDraft: boolean },
): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (values.date === null) wrong.date = t('dateMissing')
  if (values.reference.trim() === '') wrong.reference = t('referenceMissing')
  const lines = values.lines.map((line, at) => ({ line, at })).filter(({ line }) => !isBlank(line))
  if (lines.length < 2) wrong.lines = t('linesMissing')
  for (const { line, at } of lines) {
    for (const side of ['debit', 'credit'] as const)
      if (unitsOf(line[side], typing) === undefined) wrong[`lines.${at}.${side}`] = t('noAmount')
    if (line.currency !== null && abroadOf(line, typing) === undefined)
      wrong[`lines.${at}.currencyAmount`] = t('noAmount')
    if (unitsOf(line.taxBase, typing) === undefined) wrong[`lines.${at}.taxBase`] = t('noAmount')
    if (isDraft) continue
    if (baseSignOf(line, accounts) !== undefined && line.taxCode !== '' && line.taxBase.trim() === '')
      wrong[`lines.${at}.taxBase`] = t('taxBaseMissing')
    if (line.account === '' && line.role === '') wrong[`lines.${at}.account`] = t('accountMissing')
    if (netOf(line, typing) === 0n) wrong[`lines.${at}.amount`] = t('amountMissing')
    const kind = partyKindOf(accounts.get(line.account))
    if (kind !== undefined && line.party.trim() === '')
      wrong[`lines.${at}.party`] = t(kind === 'customer' ? 'customerMissing' : 'supplierMissing')
  }
  const { isBalanced } = totalsOf(values.lines, typing)
  if (!isDraft && !isBalanced && Object.keys(wrong).length === 0) wrong.lines = t('unbalanced')
  return wrong
}

const orUndefined = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

/** What is sent. Blank lines are left out. */
export function journalBody(values: JournalValues, { typing, accounts }: { typing: Typing; accounts: Known }) {
  return {
    reference: values.reference.trim(),
    date: values.date ?? '',
    description: orUndefined(values.description),
    documentReference: orUndefined(values.documentReference),
    reason: orUndefined(values.reason),
    reverse: values.reverse === '' ? undefined : values.reverse,
    lines: values.lines.filter((line) => !isBlank(line)).map((line) => lineBody(line, typing, accounts)),
  }
}

function lineBody(line: LineValues, typing: Typing, accounts: Known): WrittenLine {
  const kind = partyKindOf(accounts.get(line.account))
  const units = netOf(line, typing) ?? 0n
  const abroad = abroadOf(line, typing)
  const sign = units < 0n && abroad !== undefined && !abroad.startsWith('-') ? '-' : ''
  return {
    ...(line.account === '' ? (line.role === '' ? {} : { role: line.role }) : { account: line.account }),
    amount: decimalOf(units, typing.places),
    ...(line.currency !== null && abroad !== undefined
      ? { currency: line.currency, currencyAmount: `${sign}${abroad}` }
      : {}),
    ...(kind === undefined || line.party === '' ? {} : { [kind]: line.party }),
    ...(kind === undefined || line.document.trim() === '' ? {} : { document: line.document.trim() }),
    ...(kind === undefined || line.openedOn === null ? {} : { openedOn: line.openedOn }),
    ...(kind === undefined || line.dueOn === null ? {} : { dueOn: line.dueOn }),
    ...taxBody(line, typing, accounts),
  }
}

const abroadOf = ({ currency, currencyAmount }: LineValues, { locale }: Typing): string | undefined =>
  currency === null || !isCurrencyCode(currency)
    ? undefined
    : typedDecimal(currencyAmount, { places: currencyExponent(currency), locale })

/** Lines of the API as they stand in the form. A role that one account alone plays is that account. */
export function linesFrom(
  written: readonly WrittenLine[],
  { typing, accounts }: { typing: Typing; accounts: Known },
): LineValues[] {
  const playing = (role: string | undefined) => [...accounts.values()].filter((account) => account.role === role)
  return written.map((line) => {
    const [only, another] = line.role === undefined ? [] : playing(line.role)
    const account = line.account ?? (another === undefined ? only?.code : undefined) ?? ''
    const isCredit = isNegative(line.amount)
    const typed = tidied(isCredit ? negated(line.amount) : line.amount, typing)
    const zero = /^-?[0.]*$/.test(line.amount)
    return {
      ...blankLine(),
      account,
      role: account === '' ? (line.role ?? '') : '',
      party: line.customer ?? line.supplier ?? '',
      debit: zero || isCredit ? '' : typed,
      credit: zero || !isCredit ? '' : typed,
      document: line.document ?? '',
      openedOn: line.openedOn ?? null,
      dueOn: line.dueOn ?? null,
      currency: line.currency ?? null,
      currencyAmount: line.currencyAmount === undefined ? '' : tidiedAbroad(line.currencyAmount, typing.locale),
      taxCode: line.taxCode ?? '',
      taxBase: line.taxBase === undefined ? '' : tidied(line.taxBase.replace(/^-/, ''), typing),
    }
  })
}

/** With the places that it has: those of its currency. The sign is that of the side. */
const tidiedAbroad = (amount: string, locale: string): string =>
  tidied(amount.replace(/^-/, ''), { places: placesOf(amount), locale })

/** A draft as it stands in the form. */
export const valuesOf = (draft: JournalDetail, how: { typing: Typing; accounts: Known }): JournalValues => ({
  date: draft.date,
  description: draft.description,
  reference: draft.reference,
  documentReference: draft.documentReference ?? '',
  reason: draft.reason,
  reverse: draft.reverse ?? '',
  every: '',
  lines: [...linesFrom(draft.lines, how), blankLine()],
})

/** What is typed, as a template: every amount is a parameter that stands there with what was typed. */
export function templateOf(
  values: JournalValues,
  { name, title, typing, accounts }: { name: string; title: string; typing: Typing; accounts: Known },
) {
  const lines = values.lines.filter((line) => !isBlank(line))
  const parameters = lines.flatMap((line, at) => {
    const kind = partyKindOf(accounts.get(line.account))
    const units = netOf(line, typing) ?? 0n
    const label = accounts.get(line.account)?.name ?? line.role
    const amount = {
      name: `amount-${at + 1}`,
      kind: 'amount' as const,
      label,
      default: decimalOf(units < 0n ? -units : units, typing.places),
    }
    const taxed = taxBody(line, typing, accounts).taxBase?.replace(/^-/, '')
    return [
      amount,
      ...(kind === undefined ? [] : [{ name: `party-${at + 1}`, kind, label: t(kind), default: line.party }]),
      ...(taxed === undefined
        ? []
        : [
            {
              name: `taxed-${at + 1}`,
              kind: 'amount' as const,
              label: t('taxedOf', { account: label }),
              default: taxed,
            },
          ]),
    ]
  })
  return {
    name,
    title,
    definition: {
      description: values.description.trim().replaceAll(/[{}]/g, '') || title,
      ...(values.reverse === '' ? {} : { reverse: values.reverse }),
      parameters,
      lines: lines.map((line, at) => ({
        ...(line.account === '' ? { role: line.role } : { account: line.account }),
        side: (netOf(line, typing) ?? 0n) < 0n ? ('credit' as const) : ('debit' as const),
        amount: `amount-${at + 1}`,
        ...(partyKindOf(accounts.get(line.account)) === undefined ? {} : { party: `party-${at + 1}` }),
        ...taxOfTemplate(taxBody(line, typing, accounts), at),
      })),
    },
  }
}

const taxOfTemplate = ({ taxCode, taxBase }: Pick<WrittenLine, 'taxCode' | 'taxBase'>, at: number) =>
  taxCode === undefined ? {} : { taxCode, ...(taxBase === undefined ? {} : { taxBase: `taxed-${at + 1}` }) }
