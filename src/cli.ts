import { type ExitCode, UsageError, type Workplace } from './cli/command.ts'
import { findCommand, usageOf } from './cli/commands.ts'
import { failureOf } from './cli/failure.ts'
import { operator } from './cli/operator.ts'
import { terminalOf } from './cli/terminal.ts'
import { actingAs, openDatabase } from './kernel/database.ts'
import { openDatabaseServer } from './kernel/database-server.ts'
import { migrate } from './kernel/migrate.ts'
import { version } from './kernel/version.ts'

const terminal = terminalOf(process)

async function run(words: readonly string[]): Promise<ExitCode> {
  const [first] = words
  if (first === '--version') return await said(version)
  if (first === 'help' || words.includes('--help') || words.includes('-h')) {
    return await said(usageOf(first === 'help' ? words[1] : first))
  }
  if (first === 'serve') return await (await import('./server.ts')).serve(words.slice(1))
  const command = findCommand(words)
  if (command === undefined) {
    terminal.note(usageOf(first))
    const what = first === undefined ? 'Say what to do' : `There is no command '${words.slice(0, 2).join(' ')}'`
    throw new UsageError(`${what}; the commands are listed above.`)
  }
  const job = (await command.load())(command.rest)
  return await withDatabase(job)
}

async function said(text: string): Promise<ExitCode> {
  await terminal.line(text)
  return 0
}

/** Joins the database server, or starts it and stops it again. */
async function withDatabase(job: (workplace: Workplace) => Promise<ExitCode>): Promise<ExitCode> {
  const server = await openDatabaseServer({ log: terminal.note })
  try {
    await migrate(server.url)
    const database = actingAs(openDatabase({ url: server.url, appUrl: process.env.DATABASE_APP_URL }), operator())
    try {
      return await job({ database, terminal })
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
  }
}

async function main(words: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(words)
  } catch (error) {
    const command = findCommand(words)
    const usage = command ? `countinghouse ${command.name} ${command.usage}` : 'countinghouse COMMAND …'
    const { exitCode, words: said } = failureOf(error, usage)
    terminal.note(said)
    process.exitCode = exitCode
  }
}

await main(process.argv.slice(2))
