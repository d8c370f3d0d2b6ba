import type { TestRow } from './support.ts'

/** Numbers that look random and are the same for the same seed (mulberry32): from 0 to below 1. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const codes = ['POST', 'D', 'M', 'gift_0001_20', 'DCGSSBOY', 'BANK CHARGES', 'AMAZONFEE']
const countries = ['United Kingdom', 'United Kingdom', 'EIRE', 'Germany', 'Channel Islands', 'Unspecified']

/** Some weeks of a shop that never was: invoices, credit notes that give back what was sold, cash sales, free items, every kind of code. */
export function generatedHistory(seed: number, documents: number): TestRow[] {
  const random = seeded(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const rows: TestRow[] = []
  const sold: TestRow[] = []
  for (let index = 0; index < documents; index += 1) {
    const at = `2011-01-${String(1 + Math.floor((index * 28) / documents)).padStart(2, '0')} ${10 + (index % 8)}:00:00`
    const isCredit = sold.length > 20 && random() < 0.2
    const customer = random() < 0.15 ? '' : String(12_000 + Math.floor(random() * 40))
    const about = { number: `${isCredit ? 'C' : ''}${500_000 + index}`, at, customer, country: pick(countries) }
    for (let line = 0; line < 1 + Math.floor(random() * 12); line += 1) {
      if (isCredit) {
        const { code, price, customer: buyer } = pick(sold)
        const owner = line === 0 ? (buyer ?? '') : (rows.at(-1)?.customer ?? '')
        rows.push({
          ...about,
          customer: owner,
          code: code as string,
          price: price as string,
          quantity: -1 - Math.floor(random() * 6),
        })
        continue
      }
      const isItem = random() < 0.85
      const code = isItem ? String(20_000 + Math.floor(random() * 30)) : pick(codes)
      const price = random() < 0.03 ? '0' : pick(['0.85', '1.25', '2.55', '4.95', '0.125'])
      const row = { ...about, code, price, quantity: 1 + Math.floor(random() * 12) }
      rows.push(row)
      if (isItem && price !== '0') sold.push(row)
    }
  }
  return rows
}
