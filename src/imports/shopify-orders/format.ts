import { accountingDate } from '../../kernel/accounting-date.ts'
import { type LineCodeRule, lineCodeReader, listLineCodeRules } from '../../modules/catalog/index.ts'
import { defaultLineCodeRules } from '../../modules/company/index.ts'
import type { ImportFormat } from '../import-format.ts'
import { loadOrderRules } from '../plan-support.ts'
import { readThroughSpill } from '../read-through-spill.ts'
import { source } from './order.ts'
import type { LineCodes } from './plan-lines.ts'
import { planShopifyOrder } from './plan-order.ts'
import { readShopifyFile, type ShopifyRow, shopifyCodec } from './rows.ts'

/** The CSV export of orders from Shopify's admin, by the columns that its help page and published copies of its header name. */
export const shopifyOrders: ImportFormat<ShopifyRow> = {
  name: source,
  codec: shopifyCodec,
  files: ['csv'],
  read: (paths, options) =>
    readThroughSpill(paths, { kinds: ['csv'], codec: shopifyCodec, readFile: readShopifyFile }, options),
  planner: async (tx, run) => {
    const rules = {
      ...(await loadOrderRules(tx, source, run)),
      lineCodes: lineCodesOf(await listLineCodeRules(tx, source)),
    }
    return (group) => planShopifyOrder(group, rules)
  },
}

/** A company that was created before the format has no rules of its own for it: then the usual ones hold. */
function lineCodesOf(own: readonly LineCodeRule[]): LineCodes {
  const usual = (defaultLineCodeRules[source] ?? []).map((rule, place) => ({
    ...rule,
    id: BigInt(place),
    source,
    version: 1,
    effectiveFrom: accountingDate('0001-01-01'),
  }))
  const read = lineCodeReader(own.length > 0 ? own : usual)
  return (code, day) => {
    const { id, standsFor, role, taxed } = read(code, day) ?? item
    return { id: own.length > 0 ? id : null, standsFor, role, taxed }
  }
}

const item = { id: null, standsFor: 'item', role: 'sales', taxed: true } as const
