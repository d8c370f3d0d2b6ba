import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'

/** A line of an invoice of an order, with what is left to credit of it. */
export type OrderLine = {
  orderReference: string
  documentId: bigint
  invoiceNumber: string
  lineNo: number
  itemCode: string | null
  quantity: string
  left: string
}

/** The invoice lines of orders, in the order in which they were issued: what a return can credit. */
export const linesOfOrders = (tx: Tx, orderReferences: readonly string[]): Promise<OrderLine[]> =>
  tx.query<OrderLine>(
    `select d.order_reference as "orderReference", d.id as "documentId", d.number as "invoiceNumber", l.line_no as "lineNo",
        i.code as "itemCode", l.quantity, (l.quantity - l.credited_quantity)::text as left
      from sales_document d
      join sales_document_line l on l.company_id = d.company_id and l.document_id = d.id
      left join item i on i.company_id = l.company_id and i.id = l.item_id
      where d.company_id = $1 and d.kind = 'invoice' and d.import_run_id is null and d.order_reference in (select unnest($2::text[]))
      order by d.id, l.line_no`,
    [tx.companyId, column(orderReferences, (reference) => reference)],
  )
