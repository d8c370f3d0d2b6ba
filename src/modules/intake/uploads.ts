import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/refusal.ts'
import type { UploadedFile } from './import-requests.ts'

/** The largest file that is taken: about twenty times the largest order export that we know. */
export const LARGEST_UPLOAD = 1024 ** 3

/** Thrown while a file streams in that is larger than `LARGEST_UPLOAD`. */
export class UploadTooLarge extends Error {}

const hashForm = /^[0-9a-f]{64}$/

/** The files that people uploaded, kept by the hash of their content until they have been imported. */
export class Uploads {
  private readonly root: string

  constructor(root: string) {
    this.root = root
  }

  /** Streams a file to disk. The same content is kept once, however often it comes. */
  async save(companyId: bigint, content: Readable): Promise<{ sha256: string; bytes: number }> {
    const folder = join(this.root, String(companyId))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const arriving = join(folder, `${randomUUID()}.part`)
    const hash = createHash('sha256')
    let bytes = 0
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        hash.update(chunk)
        if (bytes > LARGEST_UPLOAD) done(new UploadTooLarge())
        else done(null, chunk)
      },
    })
    try {
      await pipeline(content, measured, createWriteStream(arriving, { mode: 0o600 }))
      const sha256 = hash.digest('hex')
      await rename(arriving, join(folder, sha256))
      return { sha256, bytes }
    } catch (error) {
      await rm(arriving, { force: true })
      throw error
    }
  }

  /**
   * Puts the files of an import into a folder of their own under the names that people know: their paths in order, and how to remove the folder
   * afterwards. The uploads stay for another run of the same files. Refuses `upload_unknown`.
   */
  async gather(
    companyId: bigint,
    files: readonly UploadedFile[],
  ): Promise<{ paths: string[]; release: () => Promise<void> }> {
    const folder = join(this.root, String(companyId), `run-${randomUUID()}`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const release = (): Promise<void> => rm(folder, { recursive: true, force: true })
    const taken = new Set<string>()
    const paths: string[] = []
    try {
      for (const { name, sha256 } of files) {
        const path = join(folder, freeName(safeName(name), taken))
        await link(await this.pathOf(companyId, { name, sha256 }), path)
        paths.push(path)
      }
    } catch (error) {
      await release()
      throw error
    }
    return { paths, release }
  }

  /** Refuses `upload_unknown` for a file that is not here. */
  async require(companyId: bigint, files: readonly UploadedFile[]): Promise<void> {
    for (const file of files) await this.pathOf(companyId, file)
  }

  /** Removes what nobody has touched for a week. */
  async tidy(): Promise<void> {
    const oldest = Date.now() - 7 * 24 * 3_600_000
    for (const entry of await readdir(this.root, { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const { mtimeMs } = await stat(path)
      if (mtimeMs < oldest) await rm(path, { force: true })
    }
  }

  private async pathOf(companyId: bigint, { name, sha256 }: UploadedFile): Promise<string> {
    const path = join(this.root, String(companyId), sha256)
    const there = hashForm.test(sha256) && (await stat(path).catch(() => undefined)) !== undefined
    if (!there) throw new Refusal('upload_unknown', { file: name })
    return path
  }
}

/** A name that is no path, and that no shell or file system minds. */
const safeName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const safe = last
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '')
    .slice(-120)
  return safe === '' ? 'file.csv' : safe
}

function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let copy = 2; taken.has(free); copy += 1) free = `${copy}-${name}`
  taken.add(free)
  return free
}
