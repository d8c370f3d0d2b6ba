import { column } from '../../kernel/column.ts'
import type { Tx } from '../../kernel/database.ts'
import type { DepositLeft } from '../../posting/deposit-applied.ts'
import { shareOfBase } from '../../posting/exchange.ts'

/** Takes net and tax out of a deposit and returns the base values that go with them, at the deposit's own rate. */
export function takeDepositBase(
  deposit: DepositLeft & DepositBase,
  { netMinor, taxMinor }: { netMinor: bigint; taxMinor: bigint },
): { netMinor: bigint; taxMinor: bigint } {
  const net = {
    amountMinor: deposit.netMinor,
    baseMinor: deposit.baseNetMinor,
    appliedMinor: deposit.appliedNetMinor,
    appliedBaseMinor: deposit.appliedBaseNetMinor,
  }
  const tax = {
    amountMinor: deposit.taxMinor,
    baseMinor: deposit.baseTaxMinor,
    appliedMinor: deposit.appliedTaxMinor,
    appliedBaseMinor: deposit.appliedBaseTaxMinor,
  }
  const booked = { netMinor: shareOfBase(net, netMinor), taxMinor: shareOfBase(tax, taxMinor) }
  deposit.appliedNetMinor += netMinor
  deposit.appliedTaxMinor += taxMinor
  deposit.appliedBaseNetMinor += booked.netMinor
  deposit.appliedBaseTaxMinor += booked.taxMinor
  return booked
}

export type DepositBase = {
  baseNetMinor: bigint
  baseTaxMinor: bigint
  appliedBaseNetMinor: bigint
  appliedBaseTaxMinor: bigint
}

/** Saves what has been used of deposits, which are locked. */
export async function saveDepositsUsed(
  tx: Tx,
  deposits: readonly (DepositLeft & DepositBase & { id: bigint })[],
): Promise<void> {
  await tx.query(
    `update deposit d set applied_net_minor = u.net_minor, applied_tax_minor = u.tax_minor, applied_base_net_minor = u.base_net_minor,
         applied_base_tax_minor = u.base_tax_minor
       from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) as u (id, net_minor, tax_minor, base_net_minor, base_tax_minor)
       where d.company_id = $1 and d.id = u.id`,
    [
      tx.companyId,
      column(deposits, (d) => d.id),
      column(deposits, (d) => d.appliedNetMinor),
      column(deposits, (d) => d.appliedTaxMinor),
      column(deposits, (d) => d.appliedBaseNetMinor),
      column(deposits, (d) => d.appliedBaseTaxMinor),
    ],
  )
}
