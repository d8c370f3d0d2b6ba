import type { ApprovalRequest } from '../modules/approvals/index.ts'
import type { Terminal } from './terminal.ts'

/** Says what waits for a second person, if anything does. */
export async function sayWaiting(terminal: Terminal, waiting: readonly ApprovalRequest[]): Promise<void> {
  for (const { id, summary } of waiting)
    await terminal.line(`Another person must approve it, as request ${id}: ${summary}.`)
}

/** Says that all of a command waits; its work is done as far as this person goes. */
export async function sayOneWaits(terminal: Terminal, waiting: ApprovalRequest, json = false): Promise<0> {
  if (json) await terminal.json({ waiting: [waiting] })
  else await sayWaiting(terminal, [waiting])
  return 0
}
