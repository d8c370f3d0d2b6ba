import type { CheckReport } from '../reports/index.ts'

/** What the checks found last, and when. */
export type Proof = { found: CheckReport; atMs: number }

/** The latest proof of each company's books, for the light in the top bar. It lasts as long as the server. */
export class Proofs {
  private readonly latest = new Map<bigint, Proof>()

  keep(companyId: bigint, found: CheckReport): void {
    this.latest.set(companyId, { found, atMs: Date.now() })
  }

  of(companyId: bigint): Proof | undefined {
    return this.latest.get(companyId)
  }
}
