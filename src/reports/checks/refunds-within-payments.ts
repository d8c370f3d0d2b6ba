import type { Tx } from '../../kernel/database.ts'
import { moneyJson } from '../../kernel/money.ts'
import { type Broken, type Check, type CheckRow, compareRows, outcomeOf } from './check.ts'

/**
 * What credit notes take from an invoice line is within the line and is what both lines say; what is refunded of a payment is within it. Credits
 * and refunds of our own are linked; imported ones that are not are listed without breaking the check.
 */
export const refundsWithinPayments: Check = {
  name: 'refunds-within-payments',
  async run(tx) {
    const lines = await linkedLines(tx)
    const payments = await refundedPayments(tx)
    const rows = [...lines.rows, ...payments.rows]
    const { result, compared } = outcomeOf(lines.compared + payments.compared, rows.filter(breaks))
    return { result, compared, rows }
  },
}

const breaks = (row: CheckRow): boolean => row.breaks === true

type Found = { compared: number; rows: CheckRow[] }

type BrokenLine = Broken & {
  document_id: bigint
  number: string
  line_no: number
  code: string
  quantity: string
  credited_quantity: string
  linked: string
  breaks: boolean
}

// Trailing zeros are trimmed, so that a quantity is written in one way.
const linesBesideLinks = `
  select l.document_id, d.number, l.line_no, l.code, trim_scale(l.quantity)::text as quantity,
      trim_scale(l.credited_quantity)::text as credited_quantity, trim_scale(k.linked)::text as linked,
      not (d.kind = 'credit_note' and l.import_file_id is not null and k.linked = -l.credited_quantity and k.linked between 0 and -l.quantity) as breaks,
      case
        when d.kind = 'credit_note' and k.linked <> -l.credited_quantity then 'its links are not the quantity that it says is linked'
        when d.kind = 'credit_note' and k.linked > abs(l.quantity) then 'its links are more than it credits'
        when d.kind <> 'credit_note' and k.linked <> l.credited_quantity then 'its credits are not the quantity that it says is credited'
        when d.kind <> 'credit_note' and k.linked > l.quantity then 'more is credited than was invoiced'
        when d.kind = 'credit_note' and l.item_id is not null and k.linked < -l.quantity then
          case when k.linked = 0 then 'it credits goods and is not linked to an invoice line'
            else 'it credits more goods than are linked to invoice lines' end
      end as what
    from sales_document_line l
    join sales_document d on d.company_id = $1 and d.id = l.document_id and d.kind in ('invoice', 'credit_note')
    left join links k0 on k0.document_id = l.document_id and k0.line_no = l.line_no
    cross join lateral (select coalesce(k0.linked, 0) as linked) k
    where l.company_id = $1 and l.role is not null and (d.kind = 'credit_note' or k0.linked is not null or l.credited_quantity <> 0)`

const links = `
  select document_id, line_no, sum(quantity) as linked
    from (
      select credit_document_id as document_id, credit_line_no as line_no, quantity from sales_line_link where company_id = $1
      union all
      select invoice_document_id, invoice_line_no, quantity from sales_line_link where company_id = $1
    ) sides group by document_id, line_no`

async function linkedLines(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenLine>(
    tx,
    `with links as (${links}) ${linesBesideLinks}`,
    'breaks desc, document_id, line_no',
  )
  return {
    compared,
    rows: broken.map((row) => ({
      documentId: String(row.document_id),
      number: row.number,
      lineNo: row.line_no,
      code: row.code,
      what: row.what,
      breaks: row.breaks,
      quantity: row.quantity,
      credited: row.credited_quantity,
      linked: row.linked,
    })),
  }
}

type BrokenPayment = Broken & {
  id: bigint
  kind: string
  reference: string
  currency: string
  amount_minor: bigint
  refunded_minor: bigint
  refunds: bigint
  breaks: boolean
}

const paymentsBesideRefunds = `
  select p.id, p.kind, p.reference, p.currency, p.amount_minor, p.refunded_minor, coalesce(r.refunds, 0) as refunds,
      not (p.kind = 'refund' and p.imported) as breaks,
      case
        when p.kind = 'refund' and p.refunds_payment_id is null then 'it refunds money and names no payment'
        when p.kind = 'capture' and coalesce(r.refunds, 0) <> p.refunded_minor then 'its refunds are not what it says is refunded'
        when p.kind = 'capture' and coalesce(r.refunds, 0) > p.amount_minor then 'more is refunded than was captured'
      end as what
    from payment p
    left join (
      select refunds_payment_id, sum(amount_minor)::bigint as refunds from payment
        where company_id = $1 and kind = 'refund' and refunds_payment_id is not null group by refunds_payment_id
    ) r on r.refunds_payment_id = p.id
    where p.company_id = $1`

async function refundedPayments(tx: Tx): Promise<Found> {
  const { compared, broken } = await compareRows<BrokenPayment>(tx, paymentsBesideRefunds, 'breaks desc, id')
  return {
    compared,
    rows: broken.map(({ id, kind, reference, currency, amount_minor, refunded_minor, refunds, ...row }) => ({
      paymentId: String(id),
      kind,
      reference,
      what: row.what,
      breaks: row.breaks,
      amount: moneyJson(amount_minor, currency),
      refunded: moneyJson(refunded_minor, currency),
      refunds: moneyJson(refunds, currency),
    })),
  }
}
