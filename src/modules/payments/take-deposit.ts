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
