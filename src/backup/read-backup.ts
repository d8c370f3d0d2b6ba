import { createHash, type Hash } from 'node:crypto'
import type { z } from 'zod'
import { knownMigrations } from '../kernel/migrate.ts'
import { Refusal } from '../kernel/refusal.ts'
import { damaged, readContainer, verifyBytes } from './container.ts'
import { FORMAT_VERSION, folderOf, Header, Manifest, type TableEntry } from './manifest.ts'

/** A backup whose every byte has been compared with its hashes. */
export type Backup = { path: string; header: Header; manifest: Manifest; sha256: string }

/**
 * Reads a backup from end to end before anything is done with it.
 * @throws Refusal `backup_damaged`, naming what differs; `backup_unknown` for another kind of file; `backup_too_new`.
 */
export async function openBackup(path: string): Promise<Backup> {
  let header: Header | undefined
  let manifest: Manifest | undefined
  const sums = new Map<string, { hash: Hash; bytes: number }>()
  for await (const { name, content } of readContainer(path)) {
    if (header === undefined) header = await readHeader(path, name, content)
    else if (name === 'manifest.json') manifest = parsed(Manifest, name, content)
    else {
      const folder = name.slice(0, name.lastIndexOf('/'))
      const sum = sums.get(folder) ?? { hash: createHash('sha256'), bytes: 0 }
      sum.hash.update(content)
      sum.bytes += content.length
      sums.set(folder, sum)
    }
  }
  if (header === undefined) throw new Refusal('backup_unknown', { file: path })
  if (manifest === undefined) throw damaged('it ends before its manifest: it is cut off')
  compare(manifest.tables, sums)
  return { path, header, manifest, sha256: await verifyBytes(path) }
}

async function readHeader(path: string, name: string, content: Buffer): Promise<Header> {
  if (name !== 'header.json') throw new Refusal('backup_unknown', { file: path })
  const header = parsed(Header, name, content)
  const unknown = await unknownMigrations(header)
  if (header.formatVersion !== FORMAT_VERSION || unknown.length > 0) {
    throw new Refusal('backup_too_new', { writtenBy: header.product, unknown: unknown.join(', ') || 'its format' })
  }
  return header
}

async function unknownMigrations({ migrations }: Header): Promise<string[]> {
  const known = new Set(await knownMigrations())
  return migrations.filter((name) => !known.has(name))
}

function parsed<Schema extends z.ZodType>(schema: Schema, name: string, content: Buffer): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')))
  } catch {
    throw damaged(`${name} is not as it was written`)
  }
}

function compare(tables: readonly TableEntry[], sums: ReadonlyMap<string, { hash: Hash; bytes: number }>): void {
  const empty = createHash('sha256').digest('hex')
  const named = new Set(tables.map(folderOf))
  for (const folder of sums.keys()) if (!named.has(folder)) throw damaged(`${folder} is not in its manifest`)
  for (const table of tables) {
    const sum = sums.get(folderOf(table))
    const sha256 = sum?.hash.digest('hex') ?? empty
    const bytes = sum?.bytes ?? 0
    if (bytes !== table.bytes) throw damaged(`${folderOf(table)} has ${bytes} bytes instead of ${table.bytes}`)
    if (sha256 !== table.sha256) throw damaged(`${folderOf(table)} has another SHA-256 than its manifest says`)
  }
}
