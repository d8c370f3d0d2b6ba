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

const GIBIBYTE = 1024 ** 3
const USUAL_QUOTA = 20

/** How much of the disk the uploads of one company may take, in bytes. */
export const uploadQuota = ({ COUNTINGHOUSE_UPLOADS_GIB }: NodeJS.ProcessEnv): number =>
  Number(COUNTINGHOUSE_UPLOADS_GIB || USUAL_QUOTA) * GIBIBYTE

/** Thrown while a file streams in that is larger than `LARGEST_UPLOAD`. */
export class UploadTooLarge extends Error {}

const hashForm = /^[0-9a-f]{64}$/

/** The files that people uploaded, kept by the hash of their content until they have been imported. */
export class Uploads {
  private readonly root: string
  private readonly quota: number
  /** The last upload of each company that is being kept: they are kept one after the other, so that each sees those before it. */
  private readonly keeping = new Map<bigint, Promise<unknown>>()

  constructor(root: string, quota = uploadQuota({})) {
    this.root = root
    this.quota = quota
  }

  /**
   * Streams a file to disk. The same content is kept once, however often it comes. Refuses `uploads_full` where the uploads of the company would
   * take more of the disk than they may.
   */
  async save(companyId: bigint, content: Readable): Promise<{ sha256: string; bytes: number }> {
    const folder = join(this.root, String(companyId))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const arriving = join(folder, `${randomUUID()}.part`)
    const hash = createHash('sha256')
    let bytes = 0
    const measured = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length
        hash.update(chunk)
        if (bytes > LARGEST_UPLOAD) done(new UploadTooLarge())
        else done(null, chunk)
      },
    })
    try {
      await pipeline(content, measured, createWriteStream(arriving, { mode: 0o600 }))
      const sha256 = hash.digest('hex')
      await this.inTurn(companyId, () => this.keep(folder, arriving, sha256, bytes))
      return { sha256, bytes }
    } catch (error) {
      await rm(arriving, { force: true })
      throw error
    }
  }

  /** What is there already takes no more of the disk. */
  private async keep(folder: string, arriving: string, sha256: string, bytes: number): Promise<void> {
    const path = join(folder, sha256)
    const there = (await stat(path).catch(() => undefined)) !== undefined
    const kept = await this.bytesKept(folder)
    if (!there && kept + bytes > this.quota)
      throw new Refusal('uploads_full', { kept: `${kept} bytes`, most: `${this.quota} bytes` })
    await rename(arriving, path)
  }

  private async bytesKept(folder: string): Promise<number> {
    const names = (await readdir(folder)).filter((name) => hashForm.test(name))
    const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)))
    return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0)
  }

  private async inTurn(companyId: bigint, act: () => Promise<void>): Promise<void> {
    const turn = (this.keeping.get(companyId) ?? Promise.resolve()).then(act, act)
    const settled = turn.catch(() => {})
    this.keeping.set(companyId, settled)
    await turn.finally(() => {
      if (this.keeping.get(companyId) === settled) this.keeping.delete(companyId)
    })
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
