import type { Database } from '../kernel/database.ts'
import type { Terminal } from './terminal.ts'

/** 0 done; 1 something is not as it should be; 2 bad input or usage; 3 the database cannot be used. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command works with: the open database and the terminal. */
export type Workplace = { database: Database; terminal: Terminal }

/** Reads the words after the command's name, before any database is opened. Throws `UsageError`; returns what is to be done. */
export type Command = (words: readonly string[]) => (workplace: Workplace) => Promise<ExitCode>

/** Where a command works that comes before there are books: a database that may be empty, and how to migrate it. */
export type BareWorkplace = { url: string; actor: string; migrate: () => Promise<unknown>; terminal: Terminal }

/** As `Command`, for what must not find the database migrated. */
export type BareCommand = (words: readonly string[]) => (workplace: BareWorkplace) => Promise<ExitCode>

/** The words on the command line are not as they should be. The message is one sentence. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'UsageError'
  }
}
