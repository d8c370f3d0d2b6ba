import type { Tx } from '../../kernel/database.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFacts } from '../../modules/company/index.ts'
import { saveEarlierDocuments } from '../../modules/intake/index.ts'
import {
  addAccounts,
  type Journal,
  type JournalLine,
  listAccounts,
  type NewAccount,
  postJournals,
  type Role,
  settleJournals,
} from '../../modules/journal/index.ts'
import { findOrAddParties, type PartyKind } from '../../modules/parties/index.ts'
import { findInputFiles, identifyFiles, refuseLarger } from '../input-files.ts'
import type { JournalFormat } from '../journals/run-journals.ts'
import { classOfType, roleOfSystemAccount } from './account-types.ts'
import { type DocumentOfJournal, documentsOfJournals } from './payment-contacts.ts'
import {
  readExport,
  tablesOf,
  type XeroAccount,
  type XeroExport,
  type XeroJournal,
  type XeroLine,
} from './read-export.ts'

const name = 'xero-journals'
const kinds = ['csv'] as const
// A payment is matched with the documents of all years, so that all journals are held in memory: some 90,000, with three lines each.
const largest = 64 * 1024 * 1024

/** The journals of Xero, as a copy of its API's tables holds them: posted in the base currency as given, with the documents that they are of. */
export const xeroJournals: JournalFormat<Journal> = {
  name,
  kind: 'journal',
  read: async (paths, log) => {
    const tables = tablesOf(await findInputFiles(paths, kinds))
    const files = await identifyFiles([...tables.values()], kinds, log)
    refuseLarger(files, largest, 'an export')
    const exported = await readExport(tables)
    const lines = exported.journals.reduce((sum, journal) => sum + journal.lines.length, 0)
    const sources = new Map(exported.journals.map((journal) => [referenceOf(journal), journal]))
    let references: string[][] = []
    return {
      files: files.map((file, index) => ({ ...file, lines: index === 0 ? lines : 0 })),
      plan: async (tx) => {
        const plan = await planExport(tx, exported)
        references = plan.settled
        return { count: plan.journals.length, entries: plan.journals }
      },
      post: async (tx, journals) => await postJournals(tx, journals),
      kept: ({ lines, ...journal }) => {
        const source = sources.get(journal.reference) as XeroJournal
        return {
          journal: { ...journal, lines: lines.map((line) => ({ ...line, party: null })) },
          settles: references.filter((settled) => settled.includes(journal.reference)),
          file: source.row.file,
          lines: lines.map(() => source.row.line),
        }
      },
      finish: (tx) => settleJournals(tx, references),
    }
  },
}

const referenceOf = ({ number }: XeroJournal): string => `xero ${number}`

const kindOf = ({ sourceType }: XeroJournal): PartyKind | null =>
  /^(ACCREC|CASHREC|ARCREDIT)/.test(sourceType)
    ? 'customer'
    : /^(ACCPAY|CASHPAID|APCREDIT)/.test(sourceType)
      ? 'supplier'
      : null

async function planExport(tx: Tx, exported: XeroExport): Promise<{ journals: Journal[]; settled: string[][] }> {
  const { baseCurrency } = await companyFacts(tx)
  refuseOtherBase(exported, baseCurrency)
  refuseUnbalanced(exported, baseCurrency)
  const codes = await accountCodes(tx, exported.accounts)
  const roles = new Map(exported.accounts.map((account) => [account.id, roleOf(account)]))
  const isControl = ({ accountId }: XeroLine) => ['receivable', 'payable'].includes(roles.get(accountId) ?? '')
  const documentOf = documentsOfJournals(exported, ({ lines }) =>
    lines.filter(isControl).reduce((sum, { row }) => sum + row.minor('net_amount', baseCurrency), 0n),
  )
  const partyOf = await partiesOf(tx, exported, documentOf)
  await saveDocuments(tx, exported)
  const numbers = new Map(exported.documents.map(({ id, number }) => [id, number]))
  const journals = exported.journals.map((journal): Journal => {
    const document = documentOf.get(journal.id)
    const number = document === undefined ? '' : (numbers.get(document) ?? '')
    return {
      reference: referenceOf(journal),
      date: journal.date,
      description: [journal.sourceType, number, journal.reference].filter((text) => text !== '').join(' ') || 'Xero',
      documentReference: number === '' ? null : number,
      lines: journal.lines.map((line): JournalLine => {
        const amountMinor = line.row.minor('net_amount', baseCurrency)
        const partyId = partyOf(journal)
        const ofDocument = isControl(line) && number !== '' ? { documentNumber: number } : {}
        return { account: codes.get(line.accountId) as string, amountMinor, partyId, ...ofDocument }
      }),
    }
  })
  return { journals: journals.map(withoutZeroLines), settled: settledTogether(exported, documentOf) }
}

const withoutZeroLines = (journal: Journal): Journal => ({
  ...journal,
  lines: journal.lines.filter(({ amountMinor }) => amountMinor !== 0n),
})

/** A rate of one is that of the base currency, which the export does not name otherwise. */
function refuseOtherBase({ documents }: XeroExport, baseCurrency: string): void {
  const other = documents.find(({ rate, currency }) => Number(rate) === 1 && currency !== baseCurrency)
  if (other !== undefined) throw new Refusal('currency_not_base', { file: other.currency, company: baseCurrency })
}

function refuseUnbalanced({ journals }: XeroExport, baseCurrency: string): void {
  for (const { lines, row } of journals) {
    const sum = lines.reduce((total, line) => total + line.row.minor('net_amount', baseCurrency), 0n)
    if (sum !== 0n)
      row.fail('journal_number', `a journal that balances: its lines sum to ${formatMinor(sum, baseCurrency)}`)
  }
}

const roleOf = ({ name: account }: XeroAccount): Role | null =>
  Object.hasOwn(roleOfSystemAccount, account) ? (roleOfSystemAccount[account] as Role) : null

/**
 * The codes of Xero's accounts here, by their ids. One that the chart has under the same code and name is that account; the others are added,
 * with the code that they have, or `xero-` before it where the chart has given it to another.
 */
async function accountCodes(tx: Tx, accounts: readonly XeroAccount[]): Promise<Map<string, string>> {
  const taken = new Map((await listAccounts(tx)).map(({ code, name: known }) => [code, known]))
  const missing: NewAccount[] = []
  const codes = new Map<string, string>()
  for (const account of accounts) {
    const { id, code, name: wanted, type } = account
    const plain = code === '' ? `xero-${id.slice(0, 8)}` : code
    const own = (taken.get(plain) ?? wanted) === wanted ? plain : `xero-${plain}`
    codes.set(id, own)
    if (taken.has(own)) continue
    taken.set(own, wanted)
    if (!Object.hasOwn(classOfType, type)) account.row.fail('type', `one of ${Object.keys(classOfType).join(', ')}`)
    const accountClass = classOfType[type] as NewAccount['class']
    missing.push({ code: own, name: wanted, class: accountClass, role: roleOf(account) })
  }
  await addAccounts(tx, missing)
  return codes
}

const unknownContact = (kind: PartyKind) => ({
  kind,
  number: 'xero-unknown',
  name: 'Xero: payments that name no contact',
})

async function partiesOf(tx: Tx, exported: XeroExport, documentOf: DocumentOfJournal) {
  const { journals, contactOf, contactNames } = exported
  const contactIn = (journal: XeroJournal): string =>
    contactOf.get(documentOf.get(journal.id) ?? journal.sourceId) ?? ''
  const wanted: Record<PartyKind, Set<string>> = { customer: new Set(), supplier: new Set() }
  for (const journal of journals) {
    const kind = kindOf(journal)
    if (kind !== null) wanted[kind].add(contactIn(journal))
  }
  const parties = {
    customer: await saveContacts(tx, 'customer', wanted.customer, contactNames),
    supplier: await saveContacts(tx, 'supplier', wanted.supplier, contactNames),
  }
  return (journal: XeroJournal): bigint | null => {
    const kind = kindOf(journal)
    if (kind === null) return null
    return parties[kind].get(contactIn(journal) || unknownContact(kind).number)?.id ?? null
  }
}

const saveContacts = (tx: Tx, kind: PartyKind, contacts: ReadonlySet<string>, names: ReadonlyMap<string, string>) =>
  findOrAddParties(
    tx,
    kind,
    [...contacts].map((id) => (id === '' ? unknownContact(kind) : { kind, number: id, name: names.get(id) ?? id })),
  )

async function saveDocuments(tx: Tx, { documents, contactNames }: XeroExport): Promise<void> {
  const kinds = { invoice: 'customer', bill: 'supplier' } as const
  const contacts = (kind: 'invoice' | 'bill') =>
    new Set(documents.filter((d) => d.kind === kind && d.contactId !== '').map(({ contactId }) => contactId))
  const parties = {
    invoice: await saveContacts(tx, kinds.invoice, contacts('invoice'), contactNames),
    bill: await saveContacts(tx, kinds.bill, contacts('bill'), contactNames),
  }
  await saveEarlierDocuments(
    tx,
    name,
    documents.map(({ id, kind, contactId, number, status, issuedOn, dueOn, currency, rate, row }) => ({
      externalId: id,
      kind,
      number,
      partyId: parties[kind].get(contactId)?.id ?? null,
      issuedOn,
      dueOn,
      status,
      currency,
      rate,
      totalMinor: row.minor('total', currency),
      taxMinor: row.minor('total_tax', currency),
      openMinor: row.minor('amount_due', currency),
    })),
  )
}

/** The references of the journals of each document, which settle each other. */
function settledTogether({ journals }: XeroExport, documentOf: DocumentOfJournal): string[][] {
  const groups = new Map<string, string[]>()
  for (const journal of journals) {
    const document = documentOf.get(journal.id)
    if (document !== undefined) groups.set(document, [...(groups.get(document) ?? []), referenceOf(journal)])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}
