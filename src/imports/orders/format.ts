import { destinationNames, destinationReader, listDestinationRules } from '../../modules/tax/index.ts'
import type { ImportFormat } from '../import-format.ts'
import { loadOrderRules } from '../plan-support.ts'
import { readThroughSpill } from '../read-through-spill.ts'
import { planOwnOrder, source } from './plan-order.ts'
import { readOrderFile, recordCodec } from './read.ts'
import type { OrderRecord } from './records.ts'

const kinds = ['csv', 'json', 'jsonl'] as const

/** Our own format of orders, as CSV and as JSON; docs/import-orders.md describes it. */
export const ownOrders: ImportFormat<OrderRecord> = {
  name: source,
  codec: recordCodec,
  files: kinds,
  inOrder: true,
  read: (paths, options) => readThroughSpill(paths, { kinds, codec: recordCodec, readFile: readOrderFile }, options),
  planner: async (tx, run) => {
    const rules = {
      ...(await loadOrderRules(tx, source, run)),
      destination: destinationReader(await listDestinationRules(tx), await destinationNames(tx)),
    }
    return (group) => planOwnOrder(group, rules)
  },
}
