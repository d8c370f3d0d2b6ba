import type pg from 'pg'
import { only, transactionOn } from '../kernel/database.ts'
import { verifySeals } from '../ledger/seal.ts'
import { trialBalanceHash } from '../ledger/trial-balance-hash.ts'

export type CompanyProof = {
  trialBalance: string
  seals: number
  head: string
  /** What is wrong with the chain, in words; empty where it could be recomputed. */
  broken: string
}

/** What a company's books come to in the transaction that is open on the client: the same before and after. */
export async function proveCompany(client: pg.ClientBase, companyId: string): Promise<CompanyProof> {
  await workFor(client, companyId)
  // The application's role is the one that sees a single company, whatever the owner may see.
  await client.query('set local role countinghouse_app')
  const tx = transactionOn(client, BigInt(companyId))
  const trialBalance = await trialBalanceHash(tx)
  const { seals, head } = only(
    await tx.query<{ seals: bigint; head: string | null }>(
      `select count(*) as seals, (select encode(hash, 'hex') from journal_seal where company_id = $1 order by position desc limit 1) as head
         from journal_seal where company_id = $1`,
      [tx.companyId],
    ),
  )
  const { broken } = await verifySeals(tx)
  await client.query('set local role none')
  const [first] = broken
  return {
    trialBalance,
    seals: Number(seals),
    head: head ?? '',
    broken: first === undefined ? '' : `the seal of entry ${first.entryId}: ${first.what}`,
  }
}

/** Sets the company for the rest of the transaction, or until the next one is set. */
export async function workFor(client: pg.ClientBase, companyId: string): Promise<void> {
  await client.query(`select set_config('countinghouse.company_id', $1, true)`, [companyId])
}
