import { bisect } from '../../kernel/bisect.ts'
import type { Tx } from '../../kernel/database.ts'
import { exactJson, fromExactJson } from '../../kernel/exact-json.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { closeRefused, keepRefusedContent } from '../../modules/inbox/index.ts'
import { type Journal, type JournalLine, settleJournals } from '../../modules/journal/index.ts'
import { findOrAddParties, type Party, type PartyKind } from '../../modules/parties/index.ts'
import { postJournalsOrAsk } from '../../modules/second-person/index.ts'
import type { RefusedDocument, RerunRefused } from '../rerun-refused.ts'

type PartyName = { kind: PartyKind; number: string }
type PlannedLine = Omit<JournalLine, 'partyId'> & { party: PartyName | null; partyId?: bigint | null }

/** An entry as it will be posted, its parties by their names where they have no ids yet. */
export type PlannedJournal = Omit<Journal, 'lines'> & { lines: readonly PlannedLine[] }

/** An entry that the books refuse, as it is kept: what it posts and settles, and where its lines were read. */
export type KeptEntry = {
  journal: PlannedJournal
  /** The references that are settled together with it, by document. */
  settles: readonly (readonly string[])[]
  file: string
  lines: readonly number[]
}

type About = { format: string; currency: string; files: readonly { path: string }[]; fileIds: readonly bigint[] }

// An entry of a megabyte is no entry by hand: somebody imports its file again.
const mostCharacters = 1_000_000

/** Keeps an entry that the books refused with its exception, with its rows to be shown. */
export async function keepEntry(tx: Tx, kept: KeptEntry, { format, currency, files, fileIds }: About): Promise<void> {
  const { journal, settles, file, lines } = kept
  const place = files.findIndex(({ path }) => path === file)
  const rows = journal.lines.map((line, index) => [
    place,
    lines[index] ?? null,
    journal.date,
    line.account ?? line.role ?? '',
    `${formatMinor(line.amountMinor, currency)} ${currency}`,
    line.party?.number ?? '',
    line.documentNumber ?? '',
    journal.description ?? '',
  ])
  const written = exactJson({ rows, fileIds: fileIds.map(String), journal, settles })
  if (written.length > mostCharacters) return
  await keepRefusedContent(tx, [{ source: format, subject: journal.reference, format, content: JSON.parse(written) }])
}

/**
 * Posts kept entries, or asks for approval of those that the company wants a second person for; what they settle is settled once they are in.
 * Returns for each why it is still refused or the request that it waits as, and null for one that is in the books.
 */
export const rerunEntries =
  (format: string): RerunRefused =>
  async (tx, refused) => {
    const results = new Map<bigint, Refusal | null | { waits: bigint }>()
    await bisect(tx, refused.map(keptOf), {
      perform: async (some) => {
        const journals = await withParties(
          tx,
          some.map(({ journal }) => journal),
        )
        const outcome = await postJournalsOrAsk(tx, journals, 'each', format)
        const each = 'each' in outcome ? outcome.each : []
        const posted = some.filter((_, index) => 'done' in (each[index] as object))
        await settleJournals(
          tx,
          posted.flatMap(({ settles }) => settles),
        )
        await closeRefused(
          tx,
          posted.map(({ journal: { reference } }) => ({ source: format, number: reference })),
        )
        for (const [index, { id }] of some.entries()) {
          const one = each[index] as (typeof each)[number]
          results.set(id, 'waiting' in one ? { waits: one.waiting.id } : null)
        }
      },
      refuse: ({ id }, refusal) => void results.set(id, refusal),
    })
    return results
  }

const keptOf = ({ id, content }: RefusedDocument): { id: bigint } & Pick<KeptEntry, 'journal' | 'settles'> => ({
  id,
  ...(fromExactJson(content) as Pick<KeptEntry, 'journal' | 'settles'>),
})

/** The journals of a batch with the ids of their parties; those that are missing are added. */
export async function withParties(tx: Tx, planned: readonly PlannedJournal[]): Promise<Journal[]> {
  const named = planned.flatMap(({ lines }) => lines.flatMap(({ party }) => (party === null ? [] : [party])))
  const save = (kind: PartyKind): Promise<Map<string, Party>> =>
    findOrAddParties(
      tx,
      kind,
      named.filter((party) => party.kind === kind).map(({ number }) => ({ kind, number, name: number })),
    )
  const parties = { customer: await save('customer'), supplier: await save('supplier') }
  return planned.map((journal) => ({
    ...journal,
    lines: journal.lines.map(
      ({ party, ...line }): JournalLine =>
        party === null ? line : { ...line, partyId: parties[party.kind].get(party.number)?.id ?? null },
    ),
  }))
}
