import type { Tx } from '../../kernel/database.ts'

/** How a company is told of its exceptions: from which hour on, in its own time zone, the digest of a day goes out. */
export type ExceptionSettings = { digestHour: number }

const usual: ExceptionSettings = { digestHour: 7 }

export const exceptionSettings = async (tx: Tx): Promise<ExceptionSettings> =>
  (
    await tx.query<ExceptionSettings>(
      'select digest_hour as "digestHour" from exception_setting where company_id = $1',
      [tx.companyId],
    )
  )[0] ?? usual

/** Who is to change who answers for data, or how the company is told, waits for whoever does so at the moment. */
export const lockExceptionSettings = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, $2))', ['countinghouse.exception_settings', tx.companyId])

/** Sets the hour of the digest, 0 to 23. A day whose digest has gone out gets no second one. */
export async function setExceptionSettings(tx: Tx, { digestHour }: ExceptionSettings): Promise<void> {
  await tx.query(
    `insert into exception_setting (company_id, digest_hour) values ($1, $2)
       on conflict (company_id) do update set digest_hour = excluded.digest_hour`,
    [tx.companyId, digestHour],
  )
}
