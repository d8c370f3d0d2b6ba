import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

export type ServerProgram = {
  port: number
  /** Ends it as a power cut would, and waits until the system has noticed. */
  kill(): Promise<void>
  /** Ends it as an operator does. */
  stop(): Promise<void>
}

/** The server as a program of its own on the database of `url`, answering on a port: one that is free unless it is named. */
export async function serverProgram(
  url: string,
  { folder, port = 0 }: { folder: string; port?: number },
): Promise<ServerProgram> {
  const { DATABASE_APP_URL: _, ...rest } = process.env
  const env = { ...rest, DATABASE_URL: url, COUNTINGHOUSE_DATA: folder, PORT: String(port) }
  const child = spawn(process.execPath, [program], { cwd: checkout, env })
  const ended = once(child, 'close')
  const found = await portOf(child)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return { port: found, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** Reads on which port it answers, from what it says once it does. */
async function portOf(child: ChildProcess): Promise<number> {
  let said = ''
  for await (const text of child.stdout ?? []) {
    said += text
    const [, port] = /http:\/\/localhost:(\d+)/.exec(said) ?? []
    if (port !== undefined) {
      child.stdout?.resume()
      return Number(port)
    }
  }
  throw new Error(`The server ended: ${said}`)
}
