import type { AccountingDate } from '../kernel/accounting-date.ts'
import { inCompany, readCompany, requireCompany, type Tx } from '../kernel/database.ts'
import {
  type CurrentIdentity,
  currentIdentity,
  type IdentityVersion,
  recordIdentity,
  type WrittenIdentity,
} from '../modules/company/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, optionalDay, readWords } from './words.ts'

/** The options that say one thing of the company, and what they are called in an identity. */
const texts = {
  'legal-name': 'legalName',
  'trading-name': 'tradingName',
  'registration-number': 'registrationNumber',
  'registration-scheme': 'registrationScheme',
  identifier: 'identifier',
  'identifier-scheme': 'identifierScheme',
  'electronic-address': 'electronicAddress',
  'electronic-address-scheme': 'electronicAddressScheme',
  'legal-information': 'legalInformation',
  contact: 'contact',
  phone: 'phone',
  email: 'email',
  website: 'website',
} as const
const addressParts = ['line1', 'line2', 'line3', 'city', 'region', 'postcode', 'country'] as const
const addresses = { registered: 'registeredAddress', trading: 'tradingAddress', returns: 'returnsAddress' } as const
const addressKinds = Object.keys(addresses) as (keyof typeof addresses)[]

type Given = Readonly<Record<string, string | boolean | undefined>>

const text = { type: 'string' } as const
const options = {
  company: text,
  on: text,
  from: text,
  address: text,
  json: { type: 'boolean' },
  ...(Object.fromEntries([...Object.keys(texts), ...addressParts].map((name) => [name, text])) as Record<
    keyof typeof texts | (typeof addressParts)[number],
    typeof text
  >),
} as const

/** Shows who the company is before the law, or, with anything that is to be otherwise, records it from a day on; what is not named stays as it is. */
export const companyIdentity: Command = (words) => {
  const { values, positionals } = readWords(words, options)
  exactly(positionals, [])
  const id = neededCompany(values.company)
  const on = optionalDay(values.on, 'on')
  const beginning = values.from === 'beginning'
  const from = beginning ? null : optionalDay(values.from, 'from')
  const kind = oneOf(values.address ?? 'registered', addressKinds, '--address')
  const changes = [...Object.keys(texts), ...addressParts].some((name) => (values as Given)[name] !== undefined)
  if (changes && on !== undefined) throw new UsageError('--on is for looking: a change takes --from.')
  if (!changes && (from !== undefined || values.address !== undefined))
    throw new UsageError('Say what is to be otherwise, such as --legal-name TEXT.')
  return async ({ database, terminal }) => {
    const companyId = await requireCompany(database, id)
    const found = changes
      ? await inCompany(database, companyId, (tx) => change(tx, values, kind, from))
      : await readCompany(database, companyId, (tx) => currentIdentity(tx, on))
    if (values.json) await terminal.json(found)
    else if (found.identity === null) await terminal.line('Nothing is recorded of who the company is before the law.')
    else await terminal.write(table(['what', 'is'], linesOf(found)))
    return 0
  }
}

async function change(
  tx: Tx,
  values: Given,
  kind: keyof typeof addresses,
  from: AccountingDate | null | undefined,
): Promise<CurrentIdentity> {
  const { identity } = await currentIdentity(tx, from ?? undefined)
  const written = {
    ...(identity ?? {}),
    legalName: needed(
      (values['legal-name'] as string | undefined) ?? identity?.legalName,
      'its name: --legal-name TEXT',
    ),
  } as WrittenIdentity & Record<string, unknown>
  for (const [option, name] of Object.entries(texts))
    if (values[option] !== undefined) written[name] = String(values[option])
  const parts = addressParts.filter((part) => values[part] !== undefined)
  if (parts.length > 0) {
    const changed = Object.fromEntries(parts.map((part) => [part, values[part]]))
    written[addresses[kind]] = { ...identity?.[addresses[kind]], ...changed }
  }
  const recorded = await recordIdentity(tx, written, from)
  return await currentIdentity(tx, recorded.effectiveFrom ?? undefined)
}

function linesOf({ identity, until }: CurrentIdentity): string[][] {
  if (identity === null) return []
  const said = (name: string, value: string | null): string[][] => (value === null ? [] : [[name, value]])
  return [
    ...Object.entries(texts).flatMap(([option, name]) => said(option.replaceAll('-', ' '), identity[name])),
    ...addressKinds.flatMap((kind) => said(`${kind} address`, addressLine(identity[addresses[kind]]))),
    ['holds from', identity.effectiveFrom ?? 'the beginning'],
    ...said('until', until),
  ]
}

const addressLine = (address: IdentityVersion['registeredAddress']): string | null =>
  address === null
    ? null
    : addressParts
        .map((part) => address[part])
        .filter((part) => part !== null)
        .join(', ')
