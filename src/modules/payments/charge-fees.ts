import type { AccountingDate } from '../../kernel/accounting-date.ts'
import type { Tx } from '../../kernel/database.ts'
import { multiplyMinor } from '../../kernel/decimal.ts'
import { toldAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Posted } from '../../ledger/journal.ts'
import { refuseRepeated } from '../../posting/entries-of-sources.ts'
import { abroad } from '../../posting/exchange.ts'
import { type FeeCharged, feeCharged } from '../../posting/fee-charged.ts'
import { post } from '../../posting/post.ts'
import { listTaxCodes, rateOn, type TaxCode } from '../tax/index.ts'
import { ratesOf } from './other-currencies.ts'

/**
 * What a processor or marketplace kept, without tax. With a tax code its tax is computed, unless `taxMinor` says what was charged; a code
 * of kind reverse_charge is declared and recovered by us. `method` and `reference` make it one fee.
 */
export type FeeRequest = {
  method: string
  reference: string
  on: AccountingDate
  role?: 'payment_fees' | 'channel_fees'
  netMinor: bigint
  /** Without it the base currency. */
  currency?: string | undefined
  taxCode?: string | null
  taxMinor?: bigint
  channelId?: bigint | null
}

/** Books fees. Refuses `amount_not_positive`, `tax_code_unknown`, `rate_missing`. A retry finds its entry. */
export async function chargeFees(tx: Tx, requests: readonly FeeRequest[]): Promise<Posted[]> {
  refuseRepeated(requests.map(sourceId))
  const taxed = requests.some(({ taxCode }) => taxCode)
  const codes = new Map((taxed ? await listTaxCodes(tx) : []).map((code) => [code.code, code]))
  const rates = await ratesOf(
    tx,
    'fee',
    requests.map((request) => ({ ...request, id: sourceId(request) })),
  )
  const drafts = feeCharged(requests.map((request) => factOf(request, codes)))
  return await post(
    tx,
    drafts.map((entry, index) => {
      const { currency = rates.base, on } = requests[index] as FeeRequest
      return abroad(entry, { currency, base: rates.base, rate: rates.rateFor(entry.source.id, currency, on) })
    }),
  )
}

const sourceId = ({ method, reference }: { method: string; reference: string }): string => `${method}/${reference}`

function factOf(request: FeeRequest, codes: ReadonlyMap<string, TaxCode>): FeeCharged {
  const { method, reference, on, role = 'payment_fees', netMinor, channelId } = request
  if (netMinor <= 0n)
    throw new Refusal('amount_not_positive', { fee: reference, ...toldAmount(netMinor, request.currency) })
  return { id: sourceId(request), date: on, role, method, reference, channelId, netMinor, tax: taxOf(request, codes) }
}

function taxOf(
  { taxCode, taxMinor, netMinor, on }: FeeRequest,
  codes: ReadonlyMap<string, TaxCode>,
): FeeCharged['tax'] {
  if (!taxCode) return null
  const code = codes.get(taxCode)
  if (code === undefined) throw new Refusal('tax_code_unknown', { code: taxCode })
  return {
    taxMinor: taxMinor ?? multiplyMinor(netMinor, rateOn(code, on)),
    taxCodeId: code.id,
    taxAuthority: code.authority,
    reverseCharge: code.kind === 'reverse_charge',
  }
}
