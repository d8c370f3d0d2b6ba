import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadInput } from '../kernel/bad-input.ts'
import { readZipMember } from './zip-member.ts'

/** A file to import; the hash is over its content as text, so that a compressed copy is the same file. */
export type InputFile = { path: string; name: string; sha256: string; bytes: number }

/** What a file's name ends in, before .gz where it is compressed. */
export type FileKind = 'csv' | 'json' | 'jsonl' | 'sql' | 'zip' | (typeof textKinds)[number]

/** The kinds of journal texts of other programs. */
const textKinds = ['journal', 'hledger', 'ledger', 'j', 'beancount'] as const

/** The kinds that imports of documents read. */
export const fileKinds: readonly FileKind[] = ['csv', 'json', 'jsonl', 'sql', ...textKinds]

const expectedOf = (kinds: readonly FileKind[]): string =>
  `expected ${kinds.map((kind) => (kind === 'zip' ? 'a .zip file' : `a .${kind} or .${kind}.gz file`)).join(', or ')}, or a folder of them`

/** The files of some kinds that paths name, folders opened and sorted by name. Throws `BadInput` for a path without any. */
export async function findInputFiles(paths: readonly string[], kinds: readonly FileKind[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined)
    if (info === undefined) throw new BadInput({ file: path, line: 1, column: 1 }, 'no such file', expectedOf(kinds))
    if (!info.isDirectory()) found.push(path)
    else found.push(...(await filesIn(path, kinds)))
  }
  return found
}

async function filesIn(folder: string, kinds: readonly FileKind[]): Promise<string[]> {
  const ofKind = new RegExp(`\\.(${kinds.join('|')})(\\.gz)?$`, 'i')
  const names = (await readdir(folder)).filter((name) => ofKind.test(name) && name !== 'MANIFEST.csv').sort()
  if (names.length === 0) {
    const found = `a folder without ${kinds.map((kind) => kind.toUpperCase()).join(' or ')} files`
    throw new BadInput({ file: folder, line: 1, column: 1 }, found, expectedOf(kinds))
  }
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
  const raw = createReadStream(path, { highWaterMark: pieceOf(path) })
  if (!path.toLowerCase().endsWith('.gz')) return raw
  const gunzip = createGunzip()
  let unpacked = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length
      if (unpacked > mostUnpacked(raw.bytesRead))
        done(tooLarge(path, `a file that unpacks to more than ${unpacked} bytes`))
      else done(null, chunk)
    },
  })
  raw.on('error', (error) => gunzip.destroy(error))
  gunzip.on('error', (error) => measured.destroy(error))
  // Whoever reads no further lets go of the file too.
  measured.on('close', () => raw.destroy())
  return raw.pipe(gunzip).pipe(measured)
}

/** How much is read at once: each piece takes so much memory, however little of it there is to read. */
const pieceOf = (path: string): number =>
  Math.min(256 * 1024, Math.max(4 * 1024, statSync(path, { throwIfNoEntry: false })?.size ?? 0))

const MEBIBYTE = 1024 * 1024

/** Exports come to a tenth or a thirtieth of their size; what grows far beyond that was made to fill a disk. */
const mostUnpacked = (bytesRead: number): number => Math.max(256 * MEBIBYTE, 200 * bytesRead)

const tooLarge = (path: string, found: string): BadInput =>
  new BadInput({ file: path, line: 1, column: 1 }, found, 'expected a smaller one, or several')

/** Hashes the files and leaves out those whose content came before in the same import: a copy is not a second history. */
export async function identifyFiles(
  paths: readonly string[],
  kinds: readonly FileKind[],
  log: (line: string) => void,
): Promise<InputFile[]> {
  const files = new Map<string, InputFile>()
  for (const path of paths) {
    const file = await identify(path, kinds)
    const earlier = files.get(file.sha256)
    if (earlier === undefined) files.set(file.sha256, file)
    else log(`${path} is a copy of ${earlier.path}: read once`)
  }
  return [...files.values()]
}

async function identify(path: string, kinds: readonly FileKind[]): Promise<InputFile> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of openInput(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput({ file: path, line: 1, column: 1 }, 'a file that cannot be read', expectedOf(kinds))
  }
  return { path, name: basename(path), sha256: hash.digest('hex'), bytes }
}

/** Refuses what is held in memory as a whole where it is larger, uncompressed, than `most` bytes together. Throws `BadInput`. */
export function refuseLarger(files: readonly InputFile[], most: number, what: string): void {
  let bytes = 0
  for (const file of files) {
    bytes += file.bytes
    if (bytes <= most) continue
    const found = `${what} of more than ${most / 1024 / 1024} MiB`
    throw new BadInput({ file: file.path, line: 1, column: 1 }, found, 'expected no more, since it is held in memory')
  }
}
