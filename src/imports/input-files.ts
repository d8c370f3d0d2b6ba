import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadInput } from '../kernel/bad-input.ts'
import { readZipMember } from './zip-member.ts'

/** A file to import; the hash is over its content as text, so that a compressed copy is the same file. */
export type InputFile = { path: string; name: string; sha256: string; bytes: number }

const expectedFile = 'expected a .csv or .csv.gz file, or a folder of them'

/** The CSV files that paths name, folders opened and sorted by name. Throws `BadInput` for a path without any. */
export async function findInputFiles(paths: readonly string[], ending = /\.csv(\.gz)?$/i): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined)
    if (info === undefined) throw new BadInput({ file: path, line: 1, column: 1 }, 'no such file', expectedFile)
    if (!info.isDirectory()) found.push(path)
    else found.push(...(await csvFilesIn(path, ending)))
  }
  return found
}

async function csvFilesIn(folder: string, ending: RegExp): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => ending.test(name) && name !== 'MANIFEST.csv').sort()
  if (names.length === 0)
    throw new BadInput({ file: folder, line: 1, column: 1 }, 'a folder without CSV files', expectedFile)
  return names.map((name) => join(folder, name))
}

/** Opens a file's text, decompressed where its name ends in .gz, or the one CSV file in it where it ends in .zip. */
export function openInput(path: string): Readable {
  if (path.toLowerCase().endsWith('.zip')) {
    return Readable.from(
      (async function* () {
        yield await readZipMember(path)
      })(),
    )
  }
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 })
  if (!path.toLowerCase().endsWith('.gz')) return raw
  const gunzip = createGunzip()
  raw.on('error', (error) => gunzip.destroy(error))
  return raw.pipe(gunzip)
}

/** Hashes the files and leaves out those whose content came before in the same import: a copy is not a second history. */
export async function identifyFiles(paths: readonly string[], log: (line: string) => void): Promise<InputFile[]> {
  const files = new Map<string, InputFile>()
  for (const path of paths) {
    const file = await identify(path)
    const earlier = files.get(file.sha256)
    if (earlier === undefined) files.set(file.sha256, file)
    else log(`${path} is a copy of ${earlier.path}: read once`)
  }
  return [...files.values()]
}

async function identify(path: string): Promise<InputFile> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch {
    throw new BadInput({ file: path, line: 1, column: 1 }, 'a file that cannot be read', expectedFile)
  }
  return { path, name: basename(path), sha256: hash.digest('hex'), bytes }
}
