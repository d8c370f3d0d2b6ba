import type { Database } from '../kernel/database.ts'
import type { Terminal } from './terminal.ts'

/** 0 done; 1 something is not as it should be; 2 bad input or usage; 3 the database cannot be used. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command works with: the open database and the terminal. */
export type Workplace = { database: Database; terminal: Terminal }

/** Reads the words after the command's name, before any database is opened. Throws `UsageError`; returns what is to be done. */
export type Command = (words: readonly string[]) => (workplace: Workplace) => Promise<ExitCode>

/** The words on the command line are not as they should be. The message is one sentence. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'UsageError'
  }
}
