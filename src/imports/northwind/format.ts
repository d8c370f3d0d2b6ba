import { BadInput } from '../../kernel/bad-input.ts'
import type { ImportFormat, ReadInput } from '../import-format.ts'
import { loadOrderRules } from '../plan-support.ts'
import { readSqlInserts } from '../read-sql-inserts.ts'
import { readThroughSpill } from '../read-through-spill.ts'
import { type NorthwindNames, planNorthwindOrder, source } from './plan-order.ts'
import { type NorthwindRow, northwindCodec, readNorthwindRow } from './rows.ts'

type NorthwindInput = ReadInput<NorthwindRow> & { names: NorthwindNames }

/** Microsoft's sample database of a wholesaler, as its SQL script is published: orders and their details, customers and products. */
export const northwind: ImportFormat<NorthwindRow, NorthwindInput> = {
  name: source,
  files: ['sql'],
  codec: northwindCodec,
  beside: {
    keep: ({ rows }, { names }) => ({
      customers: namesOf(
        names.customers,
        rows.map(({ row }) => (row.what === 'order' ? row.customer : '')),
      ),
      products: namesOf(
        names.products,
        rows.map(({ row }) => (row.what === 'detail' ? row.product : '')),
      ),
    }),
    restore: (kept) => {
      const all = kept as { [name in keyof NorthwindNames]: [id: string, name: string][] }[]
      const names = {
        customers: new Map(all.flatMap(({ customers }) => customers)),
        products: new Map(all.flatMap(({ products }) => products)),
      }
      return { names }
    },
  },
  read: async (paths, options) => {
    const names = { customers: new Map<string, string>(), products: new Map<string, string>() }
    const input = await readThroughSpill<NorthwindRow>(
      paths,
      {
        kinds: ['sql'],
        codec: northwindCodec,
        readFile: async ({ path }, onRow) => {
          await readSqlInserts(path, (inserted, line) => {
            const row = readNorthwindRow(path, inserted, line)
            if (row === undefined) return
            if (row.what === 'order' || row.what === 'detail') onRow(row, line)
            else keep(row.what === 'customer' ? names.customers : names.products, row)
          })
        },
      },
      options,
    )
    if (input.spill.documents > 0) return { ...input, names }
    input.spill.remove()
    const at = { file: paths[0] ?? '', line: 1, column: 1 }
    throw new BadInput(
      at,
      'a script without orders',
      'expected INSERT statements of the tables Orders and Order Details',
    )
  },
  planner: async (tx, run, { names }) => {
    const rules = await loadOrderRules(tx, source, run)
    return (group) => planNorthwindOrder(group, names, rules)
  },
}

/** Those of the names that are asked for. */
const namesOf = (names: ReadonlyMap<string, string>, ids: readonly string[]): [id: string, name: string][] =>
  [...new Set(ids)].flatMap((id) => {
    const name = names.get(id)
    return name === undefined ? [] : [[id, name] as [string, string]]
  })

// Names only dress the documents, so that memory may bound them: what is beyond is called by its id.
const mostNames = 100_000

function keep(names: Map<string, string>, { id, name }: { id: string; name: string }): void {
  if (names.size < mostNames && !names.has(id)) names.set(id, name)
}
