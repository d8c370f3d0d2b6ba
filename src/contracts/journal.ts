import { z } from 'zod'
import { Day, Id, Money } from './basic.ts'

const decimal = z.string().regex(/^-?[0-9]{1,15}(\.[0-9]{1,4})?$/)

const EntryLine = z.object({
  lineNo: z.number().int(),
  account: z.object({ code: z.string(), name: z.string(), role: z.string().nullable() }),
  amount: Money,
  currencyAmount: Money.nullable(),
  mapping: z
    .object({
      id: Id,
      role: z.string(),
      version: z.number().int(),
      effectiveFrom: z.string(),
      author: z.string(),
      reason: z.string(),
    })
    .nullable(),
  party: z.string().nullable(),
  partyName: z.string().nullable(),
  item: z.string().nullable(),
  itemName: z.string().nullable(),
  document: z.string().nullable(),
  documentLineNo: z.number().int().nullable(),
  taxCode: z.string().nullable(),
  taxAuthority: z.string().nullable(),
  taxPoint: z.string().nullable(),
  taxBase: Money.nullable(),
})

export const Entry = z
  .object({
    entryId: Id,
    number: z.string().nullable().meta({ description: 'Its number in its fiscal year; null until it is sealed.' }),
    date: z.string(),
    effectiveOn: z.string(),
    rule: z.string(),
    source: z.object({ kind: z.string(), id: z.string() }),
    revision: z.number().int(),
    reverses: Id.nullable(),
    reversedBy: Id.nullable(),
    closesYear: z.boolean(),
    description: z.string(),
    postedBy: z.string(),
    postedAt: z.string(),
    lines: z.array(EntryLine),
    sources: z.array(
      z.object({
        document: z.string(),
        file: z.string(),
        firstRow: z.number().int(),
        lastRow: z.number().int(),
        rows: z.number().int(),
      }),
    ),
  })
  .meta({
    id: 'Entry',
    description: 'An entry of the journal, with why each line is where it is. A debit is positive.',
  })

/** A line that a person writes, of a journal or of opening balances. */
export const WrittenLine = z
  .strictObject({
    account: z.string().optional().meta({ description: 'The code of the account; or give a role.' }),
    role: z.string().optional(),
    amount: decimal.meta({ description: 'In the base currency; a debit is positive.' }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .meta({ description: 'Where the line is in another currency than the base: with currencyAmount.' }),
    currencyAmount: decimal.optional().meta({ description: 'In the currency of the line; a debit is positive.' }),
    customer: z.string().optional().meta({ description: "A customer's number, on what customers owe." }),
    supplier: z.string().optional().meta({ description: "A supplier's number, on what we owe." }),
    document: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The number of the document of earlier books that is still open.' }),
    openedOn: Day.optional().meta({ description: 'The date of that document; without it, the day of the entry.' }),
    dueOn: Day.optional(),
  })
  .meta({ id: 'WrittenLine', example: { role: 'bank', amount: '-100.00' } })

export const NewJournal = z
  .strictObject({
    reference: z.string().trim().min(1).max(200).meta({ description: 'Makes it one: the same again finds it.' }),
    date: Day,
    description: z.string().max(1000).optional(),
    lines: z.array(WrittenLine).min(2).max(2000),
  })
  .meta({ id: 'NewJournal' })

export const EntryReversal = z
  .strictObject({
    date: Day.optional().meta({ description: 'Without it, the day of the entry.' }),
    description: z.string().max(1000).optional(),
  })
  .meta({ id: 'EntryReversal' })
