import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { BadInput } from '../../kernel/bad-input.ts'
import type { Tx } from '../../kernel/database.ts'
import { companyFacts } from '../../modules/company/index.ts'
import { type Account, type Journal, type JournalLine, postJournals } from '../../modules/journal/index.ts'
import { findOrAddParties, type Party, type PartyKind } from '../../modules/parties/index.ts'
import { findInputFiles, identifyFiles, openInput } from '../input-files.ts'
import type { JournalFormat } from '../journals/run-journals.ts'
import { TextCheck } from '../text-check.ts'
import { accountFinder, type LegacyAccount, readLegacyAccounts } from './account-map.ts'
import { type Converted, convertEntry, verifyBalances } from './convert.ts'
import { type ParsedEntry, type ParsedJournal, refuseAt } from './parsed.ts'
import { readBeancount } from './read-beancount.ts'
import { readCsvJournal } from './read-csv-journal.ts'
import { readHledger } from './read-hledger.ts'

const kinds = ['csv', 'journal', 'hledger', 'ledger', 'j', 'beancount'] as const

/** Journals of other programs: CSV, the text of hledger and ledger, the text of beancount; and accounts.csv, which says which account is which. */
export const journalFormat: JournalFormat<Journal> = {
  name: 'journal',
  kind: 'journal',
  read: async (paths, log) => {
    const files = await identifyFiles(await findInputFiles(paths, kinds), kinds, log)
    const journals: ParsedJournal[] = []
    const legacy: LegacyAccount[] = []
    const counted: ((typeof files)[number] & { lines: number })[] = []
    for (const file of files) {
      if (/^accounts\.csv(\.gz)?$/i.test(file.name)) legacy.push(...(await readLegacyAccounts(file.path)))
      const journal = /^accounts\.csv(\.gz)?$/i.test(file.name) ? undefined : await readJournal(file.path)
      if (journal !== undefined) journals.push(journal)
      counted.push({ ...file, lines: journal?.lines ?? 0 })
    }
    return {
      files: counted,
      plan: (tx) => planJournals(tx, journals, legacy),
      post: (tx, entries) => postJournals(tx, entries),
    }
  },
}

async function readJournal(path: string): Promise<ParsedJournal> {
  if (/\.csv(\.gz)?$/i.test(path)) return await readCsvJournal(path)
  const check = new TextCheck(path)
  const chunks: Buffer[] = []
  for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
    check.refuseInvalid(chunk)
    chunks.push(chunk)
  }
  check.refuseCutOff()
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const journal = /\.beancount$/i.test(path) ? readBeancount(path, text) : readHledger(path, text)
  if (journal.entries.length === 0)
    throw new BadInput({ file: path, line: 1, column: 1 }, `${basename(path)} without a transaction`, 'expected some')
  return journal
}

type ConvertedEntry = { entry: ParsedEntry; date: ParsedEntry['date']; lines: Converted[] }

async function planJournals(
  tx: Tx,
  journals: readonly ParsedJournal[],
  legacy: readonly LegacyAccount[],
): Promise<Journal[]> {
  const { baseCurrency } = await companyFacts(tx)
  const find = await accountFinder(tx, legacy)
  const prices = journals.flatMap((journal) => journal.prices)
  const entries = journals.flatMap((journal) => {
    const converted = journal.entries.map(
      (entry): ConvertedEntry => ({ entry, date: entry.date, lines: convertEntry(entry, prices, baseCurrency) }),
    )
    verifyBalances(journal, converted, baseCurrency)
    return converted
  })
  const placed = entries.map(({ entry, lines }) => ({
    entry,
    lines: lines
      .filter(({ amountMinor, currencyAmountMinor }) => amountMinor !== 0n || currencyAmountMinor !== 0n)
      .map((line) => ({ ...line, account: find(line.posting.account, line.posting.place) })),
  }))
  const parties = await savedParties(tx, placed)
  const references = referencesOf(placed.map(({ entry }) => entry))
  return placed
    .map(({ entry, lines }, index): Journal => {
      if (lines.length < 2) refuseAt(entry.place, 'an entry that moves less than two amounts', 'two lines or more')
      return {
        reference: references[index] as string,
        date: entry.date,
        description: entry.description,
        documentReference: entry.number,
        lines: lines.map((line) => lineOf(entry, line, parties, baseCurrency)),
      }
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

type Placed = Converted & { account: Account }
type Parties = Record<PartyKind, Map<string, Party>>

const partyOf = (entry: ParsedEntry, { posting }: Converted): string | null => posting.party ?? entry.party

const kindOf = ({ account }: Placed): PartyKind => (account.role === 'payable' ? 'supplier' : 'customer')

async function savedParties(
  tx: Tx,
  placed: readonly { entry: ParsedEntry; lines: readonly Placed[] }[],
): Promise<Parties> {
  const wanted: Record<PartyKind, Set<string>> = { customer: new Set(), supplier: new Set() }
  for (const { entry, lines } of placed)
    for (const line of lines) {
      const party = partyOf(entry, line)
      if (party !== null && party !== '' && isKept(line)) wanted[kindOf(line)].add(party)
    }
  const save = (kind: PartyKind) =>
    findOrAddParties(
      tx,
      kind,
      [...wanted[kind]].map((number) => ({ kind, number, name: number })),
    )
  return { customer: await save('customer'), supplier: await save('supplier') }
}

const isKept = ({ account }: Placed): boolean => account.role === 'receivable' || account.role === 'payable'

function lineOf(entry: ParsedEntry, line: Placed, parties: Parties, baseCurrency: string): JournalLine {
  const { account, currency, amountMinor, currencyAmountMinor, posting } = line
  const party = partyOf(entry, line)
  const own = currency === baseCurrency ? {} : { currency, currencyAmountMinor }
  if (!isKept(line)) return { account: account.code, amountMinor, ...own }
  if (party === null || party === '')
    refuseAt(posting.place, `${account.code} ${account.name} without a party`, 'the tag or the column party')
  const partyId = parties[kindOf(line)].get(party as string)?.id ?? null
  return { account: account.code, amountMinor, ...own, partyId, documentNumber: posting.document ?? entry.document }
}

/**
 * What makes each entry one: what the text calls it, or else what it says, so that the same entry in another file is found again; those that say
 * the same are told apart by their order.
 */
function referencesOf(entries: readonly ParsedEntry[]): string[] {
  const seen = new Map<string, number>()
  return entries.map((entry) => {
    const plain = entry.reference ?? `text ${contentHash(entry)}`
    const times = (seen.get(plain) ?? 0) + 1
    seen.set(plain, times)
    if (times > 1 && entry.reference !== null)
      refuseAt(entry.place, `a second entry ${plain}`, 'a reference of its own for each entry')
    return times === 1 ? plain : `${plain} ${times}`
  })
}

function contentHash({ date, description, number, postings }: ParsedEntry): string {
  const said = [
    date,
    description,
    number,
    ...postings.map(({ account, amount, price }) => [account, textOf(amount), textOf(price)]),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 24)
}

const textOf = (amount: { number: { unscaled: bigint; scale: number }; commodity: string } | null): string =>
  amount === null ? '' : `${amount.number.unscaled}/${amount.number.scale} ${amount.commodity}`
