import { z } from 'zod'
import { Day, Id, Money, orNull } from './basic.ts'

const lastFour = z.string().nullable().meta({
  description:
    'How its code ends: four characters, of a short code half of it. The code itself is never given: whoever has it has the money. Null for the cards of a source that does not tell them apart, which are kept as one.',
  example: '7Q2M',
})
const moved = {
  movedOn: Day,
  amount: Money.meta({ description: 'What it put on it, or took off it (negative), tax included.' }),
  entry: orNull(Id).meta({ description: 'The entry that posted it.' }),
  document: orNull(Id).meta({ description: 'The document that it paid, or on which it was sold or credited.' }),
  documentNumber: z.string().nullable().meta({ example: 'INV-1' }),
}

export const GiftCard = z
  .object({
    id: Id,
    lastFour,
    identified: z.boolean().meta({ description: 'False where a source does not tell its cards apart.', example: true }),
    purpose: z.enum(['multi', 'single']).meta({ description: 'Taxed when it is used (multi), or when it is sold.' }),
    taxCode: z.string().nullable().meta({ description: 'Of what a single-purpose card buys.', example: null }),
    expiresOn: orNull(Day).meta({ description: 'The last day on which it pays.' }),
    lastMovedOn: orNull(Day).meta({ description: 'When it was last sold, used, refunded or taken as breakage.' }),
    balance: Money.meta({ description: 'What its holder can still pay with, tax included.' }),
  })
  .meta({ id: 'GiftCard' })

export const GiftCardMovement = z
  .object({
    id: Id,
    card: Id,
    lastFour,
    kind: z.enum(['sold', 'redeemed', 'refunded', 'lapsed']),
    reference: z.string().nullable().meta({ description: 'Of the fact, where it is one of its own.', example: 'g1' }),
    tax: Money.meta({ description: 'What of it a single-purpose card declared when it was sold.' }),
    ...moved,
  })
  .meta({ id: 'GiftCardMovement' })

export const StoreCredit = z
  .object({
    id: Id.meta({ description: 'The id of the customer.' }),
    customerNumber: z.string().meta({ example: '17850' }),
    customerName: z.string().meta({ example: 'Anna' }),
    lastMovedOn: orNull(Day),
    balance: Money.meta({ description: 'What the customer can pay with.' }),
  })
  .meta({ id: 'StoreCredit' })

export const StoreCreditMovement = z
  .object({
    id: Id,
    customer: Id,
    customerNumber: z.string().meta({ example: '17850' }),
    kind: z.enum(['issued', 'redeemed', 'cashed']),
    reference: z.string().meta({ example: 's1' }),
    ...moved,
  })
  .meta({ id: 'StoreCreditMovement' })
