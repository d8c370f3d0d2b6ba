import { journalFormat } from './journal/format.ts'
import { rerunEntries } from './journals/kept-entries.ts'
import { northwind } from './northwind/format.ts'
import { olist } from './olist/format.ts'
import { onlineRetail } from './online-retail/format.ts'
import { ownOrders } from './orders/format.ts'
import { type RerunRefused, rerunOf } from './rerun-refused.ts'
import { shopifyOrders } from './shopify-orders/format.ts'
import { xeroJournals } from './xero-journals/format.ts'

/** The formats whose refused documents can be tried again without their files, by name. */
export const rerunnable: ReadonlyMap<string, RerunRefused | undefined> = new Map([
  [ownOrders.name, rerunOf(ownOrders)],
  [shopifyOrders.name, rerunOf(shopifyOrders)],
  [onlineRetail.name, rerunOf(onlineRetail)],
  [olist.name, rerunOf(olist)],
  [northwind.name, rerunOf(northwind)],
  [journalFormat.name, rerunEntries(journalFormat.name)],
  [xeroJournals.name, rerunEntries(xeroJournals.name)],
])
