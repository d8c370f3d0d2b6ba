import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DocumentSpill } from '../../src/imports/document-spill.ts'

type Line = { key: string; order: string; text: string }

const codec = {
  keyOf: (line: Line) => line.key,
  orderOf: (line: Line) => line.order,
  pack: ({ key, order, text }: Line) => [key, order, text],
  unpack: ([key = '', order = '', text = '']: readonly string[]): Line => ({ key, order, text }),
}

let usual: string | undefined
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countinghouse-spill-test-'))
  usual = process.env.TMPDIR
  process.env.TMPDIR = folder
})
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
  rmSync(folder, { recursive: true })
})

const spillOf = (bytes: number, lines: readonly Line[]): DocumentSpill<Line> => {
  const spill = new DocumentSpill(bytes, codec)
  for (const [index, line] of lines.entries()) spill.add(0, index + 2, line)
  spill.sort()
  return spill
}

test('documents come back whole and in order, from one bucket as from many', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => ({
    key: String((index * 7) % 900),
    order: `2011-01-${String(10 + (((index * 7) % 900) % 20))}`,
    text: `${index} \t\n\u2028 ${'é'.repeat(index % 50)}`,
  }))
  const [one, many] = [spillOf(1, lines), spillOf(100 * 1024 * 1024, lines)]
  const documents = [...one.read()]
  expect(documents).toHaveLength(900)
  expect(one.documents).toBe(900)
  expect([...many.read()]).toEqual(documents)
  const rows = documents.flatMap((document) => document.rows)
  expect(rows.toSorted((a, b) => a.line - b.line).map(({ row }) => row)).toEqual(lines)
  const orders = documents.map(({ rows: [first] }) => first?.row.order ?? '')
  expect(orders).toEqual(orders.toSorted())
  for (const spill of [one, many]) spill.remove()
})

test('where the order hangs on all rows of a document, its last row counts as its first does', () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => ({
    key: String(index % 500),
    order: String((index * 7919) % 1_000).padStart(4, '0'),
    text: '',
  }))
  const latest = (rows: readonly Line[]): string =>
    rows
      .map(({ order }) => order)
      .toSorted()
      .at(-1) as string
  const read = (bytes: number): string[] => {
    const spill = new DocumentSpill(bytes, { ...codec, orderOfAll: latest })
    for (const [index, line] of lines.entries()) spill.add(0, index + 2, line)
    spill.sort()
    const orders = [...spill.read()].map(({ rows }) => latest(rows.map(({ row }) => row)))
    spill.remove()
    return orders
  }
  const orders = read(1)
  expect(orders).toHaveLength(500)
  expect(orders).toEqual(orders.toSorted())
  expect(read(100 * 1024 * 1024)).toEqual(orders)
})

test('a document of more bytes than a buffer holds comes back whole', () => {
  const text = 'x'.repeat(100_000)
  const spill = spillOf(1, [
    { key: '1', order: 'a', text },
    { key: '2', order: 'b', text: 'short' },
    { key: '1', order: 'a', text: `${text}y` },
  ])
  const lengths = [...spill.read()].map(({ key, rows }) => [key, ...rows.map(({ row }) => row.text.length)])
  expect(lengths).toEqual([
    ['1', 100_000, 100_001],
    ['2', 5],
  ])
  spill.remove()
})

test('reading may end early, and removing leaves nothing behind', () => {
  const spill = spillOf(10 * 1024 * 1024, [
    { key: '1', order: 'a', text: '' },
    { key: '2', order: 'b', text: '' },
  ])
  for (const { key } of spill.read()) {
    expect(key).toBe('1')
    break
  }
  spill.remove()
  expect(readdirSync(folder)).toEqual([])
})

test('what a killed import left is removed a day later, and nothing else', () => {
  const left = ['countinghouse-import-old', 'countinghouse-import-young', 'somebody-elses']
  for (const name of left) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'bucket-0'), 'rows')
  }
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const name of ['countinghouse-import-old', 'somebody-elses']) utimesSync(join(folder, name), longAgo, longAgo)
  spillOf(1, []).remove()
  expect(readdirSync(folder).sort()).toEqual(['countinghouse-import-young', 'somebody-elses'])
})
