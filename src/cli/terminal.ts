/** Standard output carries the result only; everything else goes to standard error. */
export type Terminal = {
  /** Resolves when there is room for more, so that a long result does not pile up in memory. */
  write(text: string | Uint8Array): Promise<void>
  line(text: string): Promise<void>
  /** One JSON document, the whole result of a command with `--json`. */
  json(value: unknown): Promise<void>
  /** For whoever watches: progress and notes. */
  note(text: string): void
  /** Writes over the line that is there: only where somebody watches. */
  redraw(text: string): void
  /** Whether somebody watches at a terminal, who prefers one line that changes to many lines. */
  watched: boolean
  /** Whether the result goes to a terminal, which can show no file. */
  shows: boolean
}

type Streams = { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }

export function terminalOf({ stdout, stderr }: Streams): Terminal {
  // Whoever reads us may stop early, as `head` does. Then there is nothing left to say.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const write = (text: string | Uint8Array): Promise<void> =>
    new Promise((done) => {
      if (stdout.write(text)) done()
      else stdout.once('drain', done)
    })
  return {
    write,
    line: (text) => write(`${text}\n`),
    json: (value) => write(`${JSON.stringify(value, bigintAsText)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    redraw: (text) => void stderr.write(`\r\u001b[K${text}`),
    watched: stderr.isTTY === true,
    shows: stdout.isTTY === true,
  }
}

/** Identifiers are too large for a JSON number. */
const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)
