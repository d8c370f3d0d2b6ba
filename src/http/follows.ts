import { Refusal } from '../kernel/refusal.ts'

/**
 * Refuses `changed_meanwhile` where a rule has got another next version than the one after that which was read: to be asked in the transaction that
 * adds it, with all of its versions as they are now.
 */
export function refuseIfNotNext(versions: readonly { version: number }[], follows: number | undefined): void {
  const newest = Math.max(...versions.map(({ version }) => version))
  if (follows !== undefined && newest !== follows + 1) throw new Refusal('changed_meanwhile', { version: newest - 1 })
}
