import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

export type Said = { code: number | null; stdout: string; stderr: string; lastLine: string }

/** Runs the command line as a person does, in a process of its own, on the database of `url`. */
export function countinghouse(url: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  return new Promise((done, fail) => {
    const { DATABASE_APP_URL: _, ...rest } = process.env
    const child = spawn(process.execPath, [cli, ...words], { env: { ...rest, DATABASE_URL: url, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => {
      stdout += text
    })
    child.stderr.on('data', (text) => {
      stderr += text
    })
    child.once('error', fail)
    child.once('close', (code) => done({ code, stdout, stderr, lastLine: stderr.trimEnd().split('\n').at(-1) ?? '' }))
  })
}
