import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./site-program.ts', import.meta.url))

/** The site on a database, in a process of its own. */
export type RunningSite = { origin: string; stop(): Promise<void> }

export async function startSite(url: string): Promise<RunningSite> {
  const child = fork(program, [url], {
    execArgv: ['--max-semi-space-size=16'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return {
    origin: `http://127.0.0.1:${line.toString().trim()}`,
    stop: async () => {
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
