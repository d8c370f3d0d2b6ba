import { userInfo } from 'node:os'

/** Who gives the command, as an actor: the operating system's user, who owns the installation. */
export function operator(): string {
  return `operator:${systemUser().replace(/[^\w.@+-]/g, '_')}`
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown') // a user without an entry in the system's list
  }
}
