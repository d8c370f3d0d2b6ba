import { type BareWorkplace, type ExitCode, UsageError, type Workplace } from './cli/command.ts'
import { findCommand, nearestCommand, usageOf } from './cli/commands.ts'
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
    if (first === undefined) {
      terminal.note(usageOf(first))
      throw new UsageError('Say what to do; the commands are listed above.')
    }
    throw new UsageError(
      `There is no command '${words.slice(0, 2).join(' ')}'; did you mean '${nearestCommand(words)}'?`,
    )
  }
  if ('loadBare' in command) return await withServer((await command.loadBare())(command.rest))
  return await withDatabase((await command.load())(command.rest))
}

async function said(text: string): Promise<ExitCode> {
  await terminal.line(text)
  return 0
}

/** Joins the database server, or starts it and stops it again. */
async function withServer(job: (workplace: BareWorkplace) => Promise<ExitCode>): Promise<ExitCode> {
  const server = await openDatabaseServer({ log: terminal.note })
  try {
    return await job({ url: server.url, actor: operator(), migrate: () => migrate(server.url), terminal })
  } finally {
    await server.stop()
  }
}

const withDatabase = (job: (workplace: Workplace) => Promise<ExitCode>): Promise<ExitCode> =>
  withServer(async ({ url, migrate: bringUpToDate }) => {
    await bringUpToDate()
    const database = actingAs(openDatabase({ url, appUrl: process.env.DATABASE_APP_URL }), operator())
    try {
      return await job({ database, terminal })
    } finally {
      await database.close()
    }
  })

async function main(words: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(words)
  } catch (error) {
    const command = findCommand(words)
    const usage = command ? `countinghouse ${command.name} ${command.usage}` : 'countinghouse help'
    const { exitCode, words: said } = failureOf(error, usage)
    terminal.note(said)
    process.exitCode = exitCode
  }
}

await main(process.argv.slice(2))
