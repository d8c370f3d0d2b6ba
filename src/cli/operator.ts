import { userInfo } from 'node:os'

/** Who gives the command: the name of the operating system's user, for the records of decisions. */
export function operator(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}` // a user without an entry in the system's list
  }
}
