import { type MoneyJson, moneyJson } from '../kernel/money.ts'
import type { MappingPreview } from './preview-mapping.ts'

type Name = { code: string; name: string }

/** A preview as people and programs read it: amounts as money, and what each account would gain in each period. */
export function mappingPreviewView({ lines, moves, samples }: MappingPreview, currency: string) {
  const gained = new Map<string, { account: string; period: string; amountMinor: bigint }>()
  const gain = (account: string, period: string, amountMinor: bigint) => {
    const key = `${period} ${account}`
    gained.set(key, { account, period, amountMinor: (gained.get(key)?.amountMinor ?? 0n) + amountMinor })
  }
  for (const { from, to, month, amountMinor } of moves) {
    gain(from.code, month.slice(0, 7), -amountMinor)
    gain(to.code, month.slice(0, 7), amountMinor)
  }
  return {
    lines,
    moves: moves.map(({ from, to, month, amountMinor, ...move }) => ({
      from: { code: from.code, name: from.name } satisfies Name,
      to: { code: to.code, name: to.name } satisfies Name,
      period: month.slice(0, 7),
      ...move,
      amount: moneyJson(amountMinor, currency),
    })),
    accounts: [...gained]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row)
      .map(({ amountMinor, ...row }) => ({
        ...row,
        amount: moneyJson(amountMinor, currency) as MoneyJson,
      })),
    samples: samples.map(({ entryId, postedOn, amountMinor, ...line }) => ({
      entryId: String(entryId),
      date: postedOn,
      ...line,
      amount: moneyJson(amountMinor, currency),
    })),
  }
}
