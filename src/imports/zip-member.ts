import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { BadInput } from '../kernel/bad-input.ts'

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localEntry = 0x04034b50

/** No file that this is for comes near: a small archive must not fill the memory. */
const mostBytes = 256 * 1024 * 1024

/**
 * The one CSV file in a ZIP archive (APPNOTE 6.3: stored or deflated), whole. Throws `BadInput` for anything else: archives of several CSV
 * files, encrypted ones, and those that are cut off.
 */
export async function readZipMember(path: string): Promise<Buffer> {
  const archive = await readFile(path)
  const refuse = (found: string): never => {
    throw new BadInput({ file: path, line: 1, column: 1 }, found, 'expected a ZIP archive with one CSV file')
  }
  try {
    const members = membersOf(archive).filter(({ name }) => /\.csv$/i.test(name))
    const [member, another] = members
    if (member === undefined) return refuse('an archive without a CSV file')
    if (another !== undefined) return refuse('an archive with several CSV files')
    if (archive.readUInt32LE(member.at) !== localEntry) return refuse('an archive whose directory leads nowhere')
    const begin = member.at + 30 + archive.readUInt16LE(member.at + 26) + archive.readUInt16LE(member.at + 28)
    const data = archive.subarray(begin, begin + member.compressed)
    if (member.method === 0) return Buffer.from(data)
    if (member.method === 8) return inflateRawSync(data, { maxOutputLength: mostBytes })
    return refuse('an archive compressed in another way')
  } catch (error) {
    if (error instanceof BadInput) throw error
    return refuse('an archive that is cut off or damaged')
  }
}

type Member = { name: string; method: number; compressed: number; at: number }

function membersOf(archive: Buffer): Member[] {
  let end = archive.length - 22
  while (archive.readUInt32LE(end) !== endOfDirectory) end -= 1
  const members: Member[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('not a directory entry')
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    members.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      compressed: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + extra + comment
  }
  return members
}
