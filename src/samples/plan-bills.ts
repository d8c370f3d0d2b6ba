import type { AccountingDate } from '../kernel/accounting-date.ts'
import { type Calendar, dayIn, daysAfter, monthOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { SupplierKey } from './people.ts'

/** A supplier's bill: what it is for, without VAT, and when it is paid. */
export type PlannedBill = {
  reference: string
  supplier: SupplierKey
  number: string
  on: AccountingDate
  dueOn: AccountingDate
  account: string
  description: string
  netMinor: bigint
  taxCode: 'standard' | 'zero'
  /** Undefined where it is not paid yet. */
  paidOn: AccountingDate | undefined
}

/** What a month sold, which decides what it had to buy: net of VAT, by how dear it was to buy, and how many parcels went out. */
export type MonthSold = { month: AccountingDate; retailMinor: bigint; tradeMinor: bigint; parcels: number }

const makers = ['potter', 'chandler', 'mill', 'paper', 'importer'] as const

/**
 * The bills of two years: goods for resale as they sell, carriage and packaging by parcel, and what a shop cannot do without. Goods are
 * expensed as they are bought. Pure but for the dice.
 */
export function planBills(dice: Dice, calendar: Calendar, sold: readonly MonthSold[]): PlannedBill[] {
  const bills: PlannedBill[] = []
  for (const month of sold) {
    // A month that has not ended yet has not bought all that it will sell.
    const bill = (
      supplier: SupplierKey,
      day: number,
      netMinor: bigint,
      about: Pick<PlannedBill, 'account' | 'description'>,
    ) => {
      const on = dayIn(month.month, day)
      if (on > calendar.today || netMinor <= 0n) return
      const place = bills.length + 1
      const dueOn = daysAfter(on, 30)
      const paid = daysAfter(dueOn, dice.between(-4, 6) > 3 ? 9 : 0)
      // One bill is in dispute and stays unpaid.
      const disputed =
        supplier === 'advertising' && calendar.today.slice(0, 7) === dayIn(daysAfter(on, 92), 1).slice(0, 7)
      bills.push({
        ...about,
        reference: `bill-${String(place).padStart(3, '0')}`,
        supplier,
        number: `${supplier.slice(0, 3).toUpperCase()}-${4_000 + place * 3}`,
        on,
        dueOn,
        netMinor,
        taxCode: supplier === 'books' ? 'zero' : 'standard',
        paidOn: disputed || paid > calendar.today ? undefined : paid,
      })
    }
    addGoods(dice, month, bill)
    addRunning(dice, month, bill)
  }
  return bills
}

type AddBill = (
  supplier: SupplierKey,
  day: number,
  netMinor: bigint,
  about: Pick<PlannedBill, 'account' | 'description'>,
) => void

/** A shelf costs the shop about two fifths of what it sells for; wholesale leaves less. */
function addGoods(dice: Dice, { retailMinor, tradeMinor }: MonthSold, bill: AddBill): void {
  const cost = (retailMinor * BigInt(dice.between(405, 440)) + tradeMinor * BigInt(dice.between(640, 680))) / 1_000n
  const about = { account: '5000', description: 'Goods for resale' }
  bill('books', dice.between(4, 12), cost / 14n, { ...about, description: 'Books and maps for resale' })
  const weights = makers.map(() => dice.between(8, 16))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  for (const [place, maker] of makers.entries())
    bill(
      maker,
      3 + place * 5 + dice.between(0, 3),
      (((cost * 13n) / 14n) * BigInt(weights[place] as number)) / BigInt(whole),
      about,
    )
}

function addRunning(dice: Dice, { month, retailMinor, parcels }: MonthSold, bill: AddBill): void {
  const cold = [1.6, 1.6, 1.3, 1, 0.8, 0.6, 0.6, 0.6, 0.7, 1, 1.3, 1.6][monthOf(month) - 1] as number
  bill('carrier', 27, BigInt(parcels) * 3_05n, { account: '6100', description: `Parcels, ${parcels}` })
  bill('packaging', 9, BigInt(parcels) * 41n, { account: '6101', description: 'Boxes, tissue and tape' })
  bill('energy', 18, BigInt(Math.round(cold * 150_00)) + BigInt(dice.between(0, 12_00)), {
    account: '7200',
    description: 'Electricity and gas of the month before',
  })
  bill('telecom', 6, 46_80n, { account: '7502', description: 'Line and broadband' })
  bill('software', 2, 132_00n, { account: '7506', description: 'Shop and bookkeeping software' })
  bill('advertising', 25, (retailMinor * BigInt(dice.between(26, 34))) / 1_000n, {
    account: '6200',
    description: 'Advertisements',
  })
  if (monthOf(month) % 3 === 0)
    bill('accountant', 20, 480_00n, { account: '7601', description: 'Accountancy, the quarter' })
}
