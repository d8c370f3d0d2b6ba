import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { extract, type Pack, pack } from 'tar-stream'
import { Refusal } from '../kernel/refusal.ts'

// A backup is a tar archive. Its parts are compressed one by one, so that neither side holds more than one of them, and `tar` and `zstd` can
// look into it. The last entry is the hash over all bytes before it: with the end of the archive it has a fixed form and length.

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

const BLOCK = 512
const SEAL_NAME = 'sha256'
/** The last entry's header and content, and the two empty blocks that end an archive. */
const END_BYTES = 4 * BLOCK
/** A part of a table before compression; the writer cuts there, the reader takes no larger one. */
export const PART_BYTES = 4 * 1024 * 1024
const LARGEST_PART = 64 * 1024 * 1024

/** Writes a backup to `path`, which appears there once it is whole and on disk. */
export class ContainerWriter {
  private readonly path: string
  private readonly file: FileHandle
  private readonly archive: Pack = pack()
  private readonly written: Promise<void>
  private readonly hash: Hash = createHash('sha256')

  private constructor(path: string, file: FileHandle) {
    this.path = path
    this.file = file
    this.written = this.drain()
    this.written.catch(() => {}) // awaited by `finish`
  }

  static async create(path: string): Promise<ContainerWriter> {
    return new ContainerWriter(path, await open(partial(path), 'w', 0o600))
  }

  async json(name: string, value: unknown): Promise<void> {
    await this.entry(name, Buffer.from(`${JSON.stringify(value)}\n`))
  }

  async part(folder: string, number: number, content: Buffer): Promise<void> {
    await this.entry(`${folder}/${String(number).padStart(6, '0')}.copy.zst`, await compress(content))
  }

  /** Adds the hash over everything, and gives the file its name. */
  async finish(): Promise<{ sha256: string; bytes: number }> {
    this.archive.finalize()
    await this.written
    const { size } = await this.file.stat()
    const sha256 = this.hash.digest('hex')
    await this.file.write(await endOf(sha256))
    await this.file.sync()
    await this.file.close()
    await rename(partial(this.path), this.path)
    return { sha256, bytes: size + END_BYTES }
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.archive.destroy()
    await this.written.catch(() => {})
    await this.file.close().catch(() => {})
    await rm(partial(this.path), { force: true })
  }

  private entry(name: string, content: Buffer): Promise<void> {
    return new Promise((done, fail) => {
      this.written.catch(fail)
      this.archive.entry({ name, size: content.length, mtime: noTime, mode: 0o600 }, content, (error) =>
        error ? fail(error) : done(),
      )
    })
  }

  /** The archive's own two empty blocks are held back: they come after the hash. */
  private async drain(): Promise<void> {
    let held = Buffer.alloc(0)
    const keep = async (bytes: Buffer): Promise<void> => {
      this.hash.update(bytes)
      await this.file.write(bytes)
    }
    for await (const chunk of this.archive as AsyncIterable<Buffer>) {
      held = Buffer.concat([held, chunk])
      if (held.length <= 2 * BLOCK) continue
      await keep(held.subarray(0, held.length - 2 * BLOCK))
      held = held.subarray(held.length - 2 * BLOCK)
    }
  }
}

const partial = (path: string): string => `${path}.part`

// Nothing but the rows themselves tells one backup from another of the same moment.
const noTime = { getTime: () => 0 } as Date

/** The last entry and the end of the archive, as they must be for this hash. */
async function endOf(sha256: string): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: SEAL_NAME, mtime: noTime, mode: 0o600 }, sha256)
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** An entry of a backup: its name and its content, decompressed where it is a part of a table. */
export type ContainerEntry = { name: string; content: Buffer }

/**
 * The entries of a backup in order, the closing hash left out.
 * @throws Refusal `backup_damaged`, naming the place from which it cannot be read.
 */
export async function* readContainer(path: string): AsyncGenerator<ContainerEntry> {
  const archive = extract()
  const reading = pipeline(createReadStream(path), archive)
  reading.catch(() => {}) // the loop below meets the same error
  let last = ''
  try {
    for await (const entry of archive) {
      const { name, size } = entry.header
      if (size === undefined || size > LARGEST_PART) throw new Error('an entry is larger than any that is written')
      const chunks: Buffer[] = []
      for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
      const packed = Buffer.concat(chunks)
      if (name === SEAL_NAME) continue
      const content = name.endsWith('.zst') ? await decompress(packed, { maxOutputLength: LARGEST_PART }) : packed
      last = name
      yield { name, content }
    }
    await reading
  } catch (error) {
    // The file itself cannot be opened, which is no word about what it holds.
    if (error instanceof Refusal || (error as NodeJS.ErrnoException).syscall !== undefined) throw error
    if (last === '') throw new Refusal('backup_unknown', { file: path })
    throw damaged(`it cannot be read after ${last}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    archive.destroy()
  }
}

/**
 * Compares the closing hash with the bytes before it, so that no byte of the file may differ.
 * @throws Refusal `backup_damaged`.
 */
export async function verifyBytes(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size <= END_BYTES) throw damaged('it is cut off')
    const hash = createHash('sha256')
    await pipeline(file.createReadStream({ start: 0, end: size - END_BYTES - 1, autoClose: false }), hash)
    const sha256 = hash.digest('hex')
    const end = Buffer.alloc(END_BYTES)
    await file.read(end, 0, END_BYTES, size - END_BYTES)
    if (!end.equals(await endOf(sha256))) throw damaged('the hash at its end is not the one of the bytes before it')
    return sha256
  } finally {
    await file.close()
  }
}

export const damaged = (what: string): Refusal => new Refusal('backup_damaged', { found: what })
