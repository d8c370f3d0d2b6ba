import { GiftCard, GiftCardMovement, StoreCredit, StoreCreditMovement } from '../contracts/cards.ts'
import {
  Customer,
  Document,
  EarlierDocument,
  EarlyPaymentTerm,
  EntrySummary,
  Item,
  ItemGroup,
  ItemHistory,
  ItemSales,
  OpenItem,
  PayableItem,
  Payment,
  Supplier,
} from '../contracts/resources.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal, type RefusalCode } from '../kernel/refusal.ts'
import {
  customerList,
  customerPage,
  customersById,
  documentList,
  documentPage,
  documentsById,
  earlierDocumentList,
  earlierDocumentPage,
  earlierDocumentsById,
  earlyPaymentTermList,
  earlyPaymentTermPage,
  earlyPaymentTermsById,
  entryList,
  entryPage,
  giftCardList,
  giftCardMovementList,
  giftCardMovementPage,
  giftCardPage,
  giftCardsById,
  itemGroupList,
  itemGroupPage,
  itemGroupsById,
  itemList,
  itemPage,
  itemSalesById,
  itemSalesList,
  itemSalesPage,
  itemsById,
  linesOfDocuments,
  linesOfEntries,
  openItemList,
  openItemPage,
  openItemsById,
  payableItemList,
  payableItemPage,
  paymentList,
  paymentPage,
  paymentsById,
  paymentsOfDocuments,
  payToOfDocuments,
  sellersOfDocuments,
  storeCreditList,
  storeCreditMovementList,
  storeCreditMovementPage,
  storeCreditOfCustomers,
  storeCreditPage,
  supplierList,
  supplierPage,
  suppliersById,
  taxesOfDocuments,
} from '../reports/lists/index.ts'
import { newApi } from './api.ts'
import { type Expansions, resourceRoutes } from './resource-route.ts'

type Found = ReadonlyMap<string, object>
type ById = (tx: Tx, ids: readonly string[]) => Promise<Found>
type Row = Record<string, unknown>

/** Puts the thing itself where its id stands. */
const instead =
  (name: string, byId: ById) =>
  async (tx: Tx, rows: Row[]): Promise<void> => {
    const ids = rows.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : []))
    const found = await byId(tx, [...new Set(ids)])
    for (const row of rows) row[name] = found.get(String(row[name])) ?? row[name]
  }

/** Adds what belongs to each row, by the row's id: a list of parts, or one thing that every row has. */
const beside =
  (name: string, idName: string, partsOf: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, object>>) =>
  async (tx: Tx, rows: Row[]): Promise<void> => {
    const parts = await partsOf(
      tx,
      rows.map((row) => String(row[idName])),
    )
    for (const row of rows) row[name] = parts.get(String(row[idName])) ?? []
  }

const one =
  (byId: ById, code: RefusalCode, ...belonging: ((tx: Tx, rows: Row[]) => Promise<void>)[]) =>
  async (tx: Tx, id: string): Promise<Row> => {
    const found = (await byId(tx, [id])).get(id) as Row | undefined
    if (found === undefined) throw new Refusal(code, { id })
    for (const add of belonging) await add(tx, [found])
    return found
  }

const linesOfDocument = beside('lines', 'id', linesOfDocuments)
const taxesOfDocument = beside('taxes', 'id', taxesOfDocuments)
const payToOfDocument = beside('payTo', 'id', payToOfDocuments)
const sellerOfDocument = beside('seller', 'id', sellersOfDocuments)
const customer = instead('customer', customersById)

const rowsOfPage =
  (page: (tx: Tx, asked: never) => Promise<{ rows: object[]; next: string | null }>) =>
  async (tx: Tx, asked: unknown) =>
    (await page(tx, asked as never)) as { rows: Row[]; next: string | null }

export const readCustomer = one(customersById, 'customer_unknown')
export const readItem = one(itemsById, 'item_unknown')
export const readItemGroup = one(itemGroupsById, 'item_group_unknown')
export const readEarlyPaymentTerm = one(earlyPaymentTermsById, 'discount_not_offered')

const resources = [
  resourceRoutes<Row>({
    path: 'documents',
    idName: 'documentId',
    tag: 'Sales',
    permission: 'sales.read',
    one: 'document',
    many: 'invoices, credit notes and other documents',
    schema: Document,
    list: documentList,
    page: rowsOfPage(documentPage),
    find: one(documentsById, 'document_unknown', linesOfDocument, taxesOfDocument, payToOfDocument, sellerOfDocument),
    expansions: {
      customer,
      credits: instead('credits', documentsById),
      lines: linesOfDocument,
      taxes: taxesOfDocument,
      payTo: payToOfDocument,
      seller: sellerOfDocument,
      payments: beside('payments', 'id', paymentsOfDocuments),
    } satisfies Expansions<Row>,
  }),
  resourceRoutes<Row>({
    path: 'payments',
    idName: 'paymentId',
    tag: 'Payments',
    permission: 'sales.read',
    one: 'payment',
    many: 'payments and refunds',
    schema: Payment,
    list: paymentList,
    page: rowsOfPage(paymentPage),
    find: one(paymentsById, 'payment_unknown'),
    expansions: { customer, document: instead('document', documentsById) },
  }),
  resourceRoutes<Row>({
    path: 'customers',
    idName: 'customerId',
    tag: 'Customers',
    permission: 'sales.read',
    one: 'customer',
    many: 'customers',
    schema: Customer,
    list: customerList,
    page: rowsOfPage(customerPage),
    find: readCustomer,
  }),
  resourceRoutes<Row>({
    path: 'items',
    idName: 'itemId',
    tag: 'Items',
    permission: 'company.read',
    one: 'item',
    many: 'items',
    schema: Item,
    list: itemList,
    page: rowsOfPage(itemPage),
    find: readItem,
  }),
  resourceRoutes<Row>({
    path: 'item-groups',
    idName: 'itemGroupId',
    tag: 'Items',
    permission: 'company.read',
    one: 'item group',
    many: 'item groups',
    schema: ItemGroup,
    list: itemGroupList,
    page: rowsOfPage(itemGroupPage),
    find: readItemGroup,
  }),
  resourceRoutes<Row>({
    path: 'item-sales',
    idName: 'itemId',
    tag: 'Items',
    permission: 'sales.read',
    one: 'item with its sales',
    many: 'items with their sales',
    schema: ItemSales,
    whole: ItemHistory,
    list: itemSalesList,
    page: rowsOfPage(itemSalesPage),
    find: one(itemSalesById, 'item_unknown'),
  }),
  resourceRoutes<Row>({
    path: 'suppliers',
    idName: 'supplierId',
    tag: 'Payables',
    permission: 'journal.read',
    one: 'supplier',
    many: 'suppliers',
    schema: Supplier,
    list: supplierList,
    page: rowsOfPage(supplierPage),
    find: one(suppliersById, 'supplier_unknown'),
  }),
  resourceRoutes<Row>({
    path: 'payable-items',
    idName: 'payableItemId',
    tag: 'Payables',
    permission: 'journal.read',
    one: 'open item of a supplier',
    many: 'open items of suppliers',
    schema: PayableItem,
    list: payableItemList,
    page: rowsOfPage(payableItemPage),
  }),
  resourceRoutes<Row>({
    path: 'open-items',
    idName: 'openItemId',
    tag: 'Receivables',
    permission: 'sales.read',
    one: 'open item',
    many: 'open items',
    schema: OpenItem,
    list: openItemList,
    page: rowsOfPage(openItemPage),
    find: one(openItemsById, 'open_item_unknown'),
    expansions: { customer },
  }),
  resourceRoutes<Row>({
    path: 'gift-cards',
    idName: 'giftCardId',
    tag: 'Gift cards',
    permission: 'sales.read',
    one: 'gift card',
    many: 'gift cards',
    schema: GiftCard,
    list: giftCardList,
    page: rowsOfPage(giftCardPage),
    find: one(giftCardsById, 'gift_card_unknown'),
  }),
  resourceRoutes<Row>({
    path: 'gift-card-movements',
    idName: 'giftCardMovementId',
    tag: 'Gift cards',
    permission: 'sales.read',
    one: 'movement of a gift card',
    many: 'movements of gift cards',
    schema: GiftCardMovement,
    list: giftCardMovementList,
    page: rowsOfPage(giftCardMovementPage),
  }),
  resourceRoutes<Row>({
    path: 'store-credit',
    idName: 'customerId',
    tag: 'Store credit',
    permission: 'sales.read',
    one: "customer's store credit",
    many: 'store credit by customer',
    schema: StoreCredit,
    list: storeCreditList,
    page: rowsOfPage(storeCreditPage),
    find: one(storeCreditOfCustomers, 'customer_unknown'),
  }),
  resourceRoutes<Row>({
    path: 'store-credit-movements',
    idName: 'storeCreditMovementId',
    tag: 'Store credit',
    permission: 'sales.read',
    one: 'movement of store credit',
    many: 'movements of store credit',
    schema: StoreCreditMovement,
    list: storeCreditMovementList,
    page: rowsOfPage(storeCreditMovementPage),
  }),
  resourceRoutes<Row>({
    path: 'early-payment-terms',
    idName: 'documentId',
    tag: 'Sales',
    permission: 'sales.read',
    one: "invoice's discount for paying early",
    many: 'discounts for paying early',
    schema: EarlyPaymentTerm,
    list: earlyPaymentTermList,
    page: rowsOfPage(earlyPaymentTermPage),
    find: readEarlyPaymentTerm,
  }),
  resourceRoutes<Row>({
    path: 'earlier-documents',
    idName: 'earlierDocumentId',
    tag: 'Imports',
    permission: 'sales.read',
    one: 'document of earlier books',
    many: 'invoices and bills of earlier books',
    schema: EarlierDocument,
    list: earlierDocumentList,
    page: rowsOfPage(earlierDocumentPage),
    find: one(earlierDocumentsById, 'document_unknown'),
  }),
  resourceRoutes<Row>({
    path: 'entries',
    idName: 'entryId',
    tag: 'Journal',
    permission: 'journal.read',
    one: 'entry',
    many: 'entries',
    schema: EntrySummary,
    list: entryList,
    page: rowsOfPage(entryPage),
    expansions: { lines: beside('lines', 'entryId', linesOfEntries) },
  }),
]

export const readRoutes = resources.reduce((all, each) => all.route('/', each), newApi())
