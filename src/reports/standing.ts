import { only, type Tx } from '../kernel/database.ts'
import type { CheckReport } from './checks/index.ts'
import { type Letterhead, letterheadOn } from './letterhead.ts'

/** What the checks found, when, and of what: kept by whoever ran them. */
export type ProofState = {
  /** The moment in UTC, such as '2011-09-01 08:30'. */
  at: string
  ok: boolean
  held: number
  broken: readonly string[]
  /** Had nothing to compare. */
  notApplicable: number
}

const inUtc = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' })

/** What checks found, and the moment at which they did, as the head of a document says it. */
export function proofStateIn({ ok, checks }: CheckReport, atMs: number): ProofState {
  const named = (result: string): string[] => checks.filter((check) => check.result === result).map(({ name }) => name)
  return {
    at: inUtc.format(atMs),
    ok,
    held: named('held').length,
    broken: named('broken'),
    notApplicable: named('not-applicable').length,
  }
}

/** What a report that leaves the house says of the books behind it: whose they are, when it was produced, and where the chain of seals ends. */
export type Standing = Letterhead & {
  country: string
  currency: string
  /** The moment of the report in UTC, such as '2011-09-01 08:30'. */
  producedAt: string
  /** Sealed entries, and the hash that ends their chain in hexadecimal; empty where nothing is sealed. */
  sealed: number
  head: string
  /** The latest proof, where one is known. */
  proof: ProofState | undefined
}

/**
 * Reads the standing at the moment of the transaction, and who the company was on the day of the report. Whoever wants every entry to be in the
 * chain seals before it.
 */
export async function readStanding(tx: Tx, proof?: ProofState, day?: string): Promise<Standing> {
  const letterhead = await letterheadOn(tx, day)
  const { sealed, ...found } = only(
    await tx.query<Omit<Standing, 'sealed' | 'proof' | keyof Letterhead> & { sealed: bigint }>(
      `select c.country, c.base_currency as currency, to_char(now(), 'YYYY-MM-DD HH24:MI') as "producedAt",
          coalesce(s.position, 0) as sealed, coalesce(encode(s.hash, 'hex'), '') as head
        from company c
        left join lateral (
          select position, hash from journal_seal where company_id = $1 order by position desc limit 1
        ) s on true
        where c.id = $1`,
      [tx.companyId],
    ),
  )
  return { ...letterhead, ...found, sealed: Number(sealed), proof }
}

/** The standing in sentences, one after the other. */
export function standingSentences({ sealed, head, proof }: Standing): string[] {
  const seals =
    head === ''
      ? 'Nothing is posted and sealed.'
      : `${sealed.toLocaleString('en')} entries are numbered and chained; the head of the chain is ${head}.`
  return [seals, proof === undefined ? 'The checks of the books were not run with this report.' : proofSentence(proof)]
}

function proofSentence({ at, ok, held, broken, notApplicable }: ProofState): string {
  const nothing = notApplicable === 0 ? '' : `, ${notApplicable} had nothing to compare`
  return ok
    ? `The books were proved on ${at} UTC: ${held} checks held, none is broken${nothing}.`
    : `The books were checked on ${at} UTC: ${broken.length} of the checks are broken (${broken.join(', ')}), ${held} held${nothing}.`
}
