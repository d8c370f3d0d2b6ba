import { only, type Tx } from '../../kernel/database.ts'
import { utcMoment } from '../../kernel/utc-moment.ts'

/** A run of the checks: what it found, in the JSON of the checks themselves, and when it began. */
export type ProofRun = { ok: boolean; report: unknown; ranAt: string }

const columns = `ok, report, ${utcMoment('ran_at')} as "ranAt"`

/** Keeps a run. Its moment is that of the transaction. */
export async function saveProofRun(tx: Tx, { ok, report }: { ok: boolean; report: unknown }): Promise<ProofRun> {
  return only(
    await tx.query<ProofRun>(
      `insert into proof_run (company_id, ok, report) values ($1, $2, $3) returning ${columns}`,
      [
        tx.companyId,
        ok,
        JSON.stringify(report, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
      ],
    ),
  )
}

/** The latest run, or undefined where the checks have never been run. */
export async function latestProofRun(tx: Tx): Promise<ProofRun | undefined> {
  const [run] = await tx.query<ProofRun>(
    `select ${columns} from proof_run where company_id = $1 order by id desc limit 1`,
    [tx.companyId],
  )
  return run
}

/**
 * Whether the books should be proven again: something was sealed or decided since the latest run began, and it is older than so many hours. Books
 * that were never proven are, once they hold an entry.
 */
export async function proofIsDue(tx: Tx, afterHours: number): Promise<boolean> {
  const { due } = only(
    await tx.query<{ due: boolean }>(
      `select coalesce((select p.ran_at < now() - make_interval(hours => $2)
            and exists (select from journal_entry e where e.company_id = $1 and e.id = (select max(id) from journal_entry where company_id = $1)
              and e.posted_at > p.ran_at)
          from proof_run p where p.company_id = $1 order by p.id desc limit 1),
        exists (select from journal_entry where company_id = $1)) as due`,
      [tx.companyId, afterHours],
    ),
  )
  return due
}
