import { BadInput } from '../../kernel/bad-input.ts'
import { DocumentSpill } from '../document-spill.ts'
import type { ImportFormat, ReadInput, ReadOptions } from '../import-format.ts'
import { findInputFiles, type InputFile, identifyFiles } from '../input-files.ts'
import { loadOrderRules, refuseOtherCurrency } from '../plan-support.ts'
import { SpilledJoin } from '../spilled-join.ts'
import { currency, planOlistOrder, source } from './plan-order.ts'
import { type OlistRow, type OlistTable, olistCodec, olistTable, readOlistTable } from './rows.ts'

/** The marketplace data set of Olist, as its CSV files are published: orders, items, payments and customers, joined by their ids. */
export const olist: ImportFormat<OlistRow> = {
  name: source,
  codec: olistCodec,
  files: ['csv'],
  read: readFiles,
  planner: async (tx, run) => {
    const rules = await loadOrderRules(tx, source, run)
    refuseOtherCurrency(rules, currency)
    return (group) => planOlistOrder(group, rules)
  },
}

const needed: readonly OlistTable[] = ['orders', 'items', 'payments']
const reportEvery = 20_000

async function readFiles(
  paths: readonly string[],
  { log, onLines, onFile }: ReadOptions,
): Promise<ReadInput<OlistRow>> {
  const files = await identifyFiles(await findInputFiles(paths, ['csv']), ['csv'], log)
  const tables: { file: InputFile; table: OlistTable }[] = []
  for (const file of files) {
    const table = await olistTable(file)
    if (table === undefined) log(`${file.path} is a table that books nothing: not read`)
    else tables.push({ file, table })
  }
  const missing = needed.find((name) => !tables.some(({ table }) => table === name))
  if (missing !== undefined) {
    const at = { file: paths[0] ?? '', line: 1, column: 1 }
    throw new BadInput(at, `no file of ${missing}`, 'expected the tables of orders, items and payments together')
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const people = new SpilledJoin(bytes)
  const spill = new DocumentSpill<OlistRow>(bytes, olistCodec)
  try {
    const counted: ReadInput<OlistRow>['files'] = []
    let lines = 0
    const count = (): void => {
      lines += 1
      if (lines % reportEvery === 0) onLines(lines)
    }
    for (const [place, { file, table }] of tables.entries()) {
      const before = lines
      await readOlistTable(file, table, {
        order: (row, line) => {
          count()
          people.addRow({ file: place, line, key: row.customer, fields: olistCodec.pack(row) })
        },
        other: (row, line) => {
          count()
          spill.add(place, line, row)
        },
        customer: (id, person, line) => {
          count()
          people.addNamed({ file: place, line, key: id, fields: [person] })
        },
      })
      counted.push({ ...file, lines: lines - before })
      onFile?.(counted.length)
    }
    for (const { file, line, fields, named } of people.read()) {
      const row = olistCodec.unpack(fields)
      // Olist gives an order a customer id of its own; the person behind several is in the table of customers, where that was given.
      spill.add(file, line, row.what === 'order' ? { ...row, customer: named?.[0] ?? row.customer } : row)
    }
    spill.sort()
    return { files: counted, spill }
  } catch (error) {
    spill.remove()
    throw error
  } finally {
    people.remove()
  }
}
