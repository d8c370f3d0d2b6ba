import { Refusal } from '../../kernel/refusal.ts'
import type { Identity } from './identity.ts'

const common = ['password', 'passwort', 'qwerty', 'letmein', 'countinghouse', '123456', 'abcdef', 'iloveyou', 'welcome']

/** Refuses `password_weak`: shorter than 12 letters, longer than 128, or little more than a word that everybody tries first. */
export function refuseWeakPassword(password: string): void {
  const rest = common.reduce((text, word) => text.replaceAll(word, ''), password.toLowerCase())
  if (password.length < 12 || password.length > 128 || new Set(rest).size < 5) throw new Refusal('password_weak')
}

/** The hash that is kept of a password (scrypt). Refuses `password_weak`. */
export async function hashPassword({ auth }: Identity, password: string): Promise<string> {
  refuseWeakPassword(password)
  return await (await auth.$context).password.hash(password)
}
