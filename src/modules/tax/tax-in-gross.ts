import { type Decimal, divideRounded } from '../../kernel/decimal.ts'

/** The tax in a gross amount: gross × rate ÷ (1 + rate), rounded half away from zero. The net is the rest. */
export const taxInGross = (grossMinor: bigint, rate: Decimal): bigint =>
  divideRounded(grossMinor * rate.unscaled, 10n ** BigInt(rate.scale) + rate.unscaled)
