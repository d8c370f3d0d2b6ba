import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { NewException } from '../modules/inbox/index.ts'

/**
 * Something about which a person has to decide, as a dry run found it. `subject` is what the decision is about: a code, a destination's words, a
 * payment's name, a document's number; of what the books refuse, the refusal's code. `count` is how many documents or lines it concerns.
 */
export type Decision = {
  kind: string
  source: string
  subject: string
  message: string
  count: number
  amount: MoneyJson
  /** Of what the books refuse: what the refusal says of itself. */
  detail?: Record<string, string>
}

/** What would need a decision, each thing once; `beyond` counts by kind what is not told one by one. */
export type DecisionSummary = { rows: Decision[]; beyond: Record<string, number> }

type Gathered = Omit<Decision, 'amount'> & { amountMinor: bigint; currency: string }

// A file in which everything is wrong still has an answer that a person can read; the counts by kind tell the rest.
const mostDecisions = 500

/** Gathers what a dry run would ask of a person, each thing once, however many documents it concerns. */
export class Decisions {
  private readonly found = new Map<string, Gathered>()
  private readonly beyond = new Map<string, number>()

  /** Notes exceptions; `about` is what one is about where its subject is only the document. */
  note(raised: readonly NewException[], about: (exception: NewException) => string = ({ subject }) => subject): void {
    for (const exception of raised) this.add({ ...exception, subject: about(exception), count: 1 })
  }

  /** Notes a document that the books refuse, by why they do. */
  noteRefused(document: NewException, refusal: Refusal): void {
    const detail = Object.fromEntries(Object.entries(refusal.detail).map(([name, value]) => [name, String(value)]))
    const subject = JSON.stringify([refusal.code, detail.code ?? detail.role ?? detail.destination ?? ''])
    this.add({ ...document, subject, count: 1, detail: { ...detail, refusal: refusal.code } })
  }

  /** Notes an account that the chart does not have. */
  noteAccount(account: Gathered): void {
    this.add(account)
  }

  private add(one: Gathered): void {
    const key = JSON.stringify([one.kind, one.subject, one.currency])
    const known = this.found.get(key)
    if (known !== undefined) {
      known.count += one.count
      known.amountMinor += one.amountMinor
    } else if (this.found.size < mostDecisions) this.found.set(key, { ...one })
    else this.beyond.set(one.kind, (this.beyond.get(one.kind) ?? 0) + 1)
  }

  /** What was found, the largest amount first, and of which kinds how many more there were. */
  summary(): DecisionSummary {
    const size = ({ amountMinor }: Gathered) => (amountMinor < 0n ? -amountMinor : amountMinor)
    const rows = [...this.found.values()].sort((a, b) =>
      size(a) < size(b) ? 1 : size(a) > size(b) ? -1 : b.count - a.count,
    )
    return {
      rows: rows.map(({ kind, source, subject, message, count, amountMinor, currency, detail }) => ({
        kind,
        source,
        subject: detail === undefined ? subject : (detail.refusal ?? subject),
        message,
        count,
        amount: moneyJson(amountMinor, currency),
        ...(detail === undefined ? {} : { detail }),
      })),
      beyond: Object.fromEntries(this.beyond),
    }
  }
}
