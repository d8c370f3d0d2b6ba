import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { type Database, readCompany } from '../../src/kernel/database.ts'
import { exportJournal } from '../../src/reports/export/index.ts'
import { trialBalance } from '../../src/reports/trial-balance.ts'
import { day } from '../support/shop.ts'

/** Other programs that keep double-entry books, as a second opinion on ours. */
export type Oracle = 'hledger' | 'ledger'

export const isInstalled = (oracle: Oracle): boolean => spawnSync(oracle, ['--version']).status === 0

/** Writes the journal as hledger and ledger read it. */
export async function exportTo(path: string, database: Database, companyId: bigint): Promise<void> {
  const file = createWriteStream(path)
  await readCompany(database, companyId, async (tx) => {
    for await (const chunk of exportJournal.hledger(tx)) file.write(chunk)
  })
  file.end()
  await finished(file)
}

/** Our trial balance, account code to amount. */
export async function ourBalances(database: Database, companyId: bigint): Promise<Record<string, string>> {
  const { rows } = await readCompany(database, companyId, (tx) => trialBalance(tx, { asOf: day('2099-12-31') }))
  return Object.fromEntries(rows.map(({ code, balance }) => [code, balance.amount]))
}

const run = (oracle: Oracle, ...args: string[]) =>
  spawnSync(oracle, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

/** What the oracle makes of the file, which it checks strictly: account code to amount. Throws what it says where it declines the file. */
export function theirBalances(oracle: Oracle, path: string): Record<string, string> {
  const commands = {
    hledger: ['-s', '-f', path, 'balance', '-B', '-N', '--flat', '-O', 'csv', '--layout', 'bare'],
    ledger: [
      '--pedantic',
      '-f',
      path,
      'balance',
      '-B',
      '--flat',
      '--no-total',
      '--format',
      '"%(account)","GBP","%(display_total)"\n',
    ],
  }
  const found = run(oracle, ...commands[oracle])
  if (found.status !== 0 || found.stderr !== '') throw new Error(found.stderr)
  const rows = found.stdout
    .trim()
    .split('\n')
    .filter((row) => !row.startsWith('"account"'))
  return Object.fromEntries(
    rows
      .map(
        (row) =>
          (JSON.parse(`[${row}]`) as string[]).map((cell) => cell.replace(/^GBP /, '')) as [string, string, string],
      )
      .map(([account, , amount]) => [/:(\d+)-/.exec(account)?.[1] ?? account, amount]),
  )
}

/** Whether the oracle takes the file for sound, and what it says if not. */
export function verdict(oracle: Oracle, path: string): { sound: boolean; words: string } {
  const found =
    oracle === 'hledger'
      ? run('hledger', 'check', '-s', '-f', path)
      : run('ledger', '--pedantic', '-f', path, 'balance')
  return { sound: found.status === 0, words: found.stderr }
}
