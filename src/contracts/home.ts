import { z } from 'zod'
import { Day, Id, Money, Source } from './basic.ts'
import { importStates } from './imports.ts'

const count = z.number().int()
const moment = z.string().meta({ example: '2011-01-31T10:00:00Z' })

const Figure = z
  .object({ amount: Money, source: Source.nullable() })
  .meta({ id: 'Figure', description: 'An amount, and where the rows behind it are read.' })

const SalesTotal = z
  .object({
    from: Day,
    to: Day,
    sales: Figure,
    lastYear: Figure,
    percent: z.string().nullable().meta({ description: 'By how much it is more; null of nothing.', example: '8.1' }),
  })
  .meta({ id: 'SalesTotal', description: 'Sales of some days, beside those of the same days a year before.' })

const Seller = z
  .object({ key: z.string().meta({ description: 'A code.', example: 'MUG' }), name: z.string(), sales: Figure })
  .meta({ id: 'Seller' })

const HomeFigures = z
  .object({
    asOf: Day,
    currency: z.string().meta({ example: 'GBP' }),
    sales: z.object({
      days: z.array(z.object({ day: Day, sales: Money, lastYear: Money })),
      source: Source.nullable().meta({
        description: 'Of all of the days. For one of them, `from` and `to` are the day itself.',
      }),
      week: SalesTotal,
      month: SalesTotal,
      range: SalesTotal,
    }),
    items: z.array(Seller).meta({ description: 'What sold best in the range.' }),
    countries: z.array(Seller),
    cash: z.object({
      total: Figure,
      accounts: z.array(
        Figure.extend({ code: z.string(), name: z.string(), role: z.string().nullable() }).meta({ id: 'CashAccount' }),
      ),
    }),
    owed: z.object({ toUs: Figure, toUsOverdue: Figure, byUs: Figure, byUsOverdue: Figure }),
    tax: z.object({ owed: Figure, pending: Figure.meta({ description: 'What is not due yet.' }) }),
  })
  .meta({ id: 'HomeFigures' })

const HomeExceptions = z
  .object({
    count,
    overdue: count,
    ages: z.array(z.object({ age: z.enum(['today', 'days1To7', 'days8To30', 'over30']), count })),
    kinds: z.array(
      z.object({
        kind: z.string(),
        dataKind: z.string(),
        count,
        overdue: count,
        oldestDue: Day,
        amounts: z.array(Money).meta({ description: 'One for each currency.' }),
        source: Source,
      }),
    ),
  })
  .meta({ id: 'HomeExceptions', description: 'What waits for a decision, by kind and by age.' })

const HomeImport = z
  .object({
    id: Id,
    format: z.string(),
    state: z.enum(importStates),
    phase: z.string(),
    dryRun: z.boolean(),
    files: z.array(z.string()),
    documents: count,
    documentsDone: count,
    message: z.string(),
    requestedAt: moment,
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'HomeImport' })

const HomeProof = z
  .object({
    ok: z.boolean(),
    ranAt: moment,
    held: count,
    broken: count,
    checks: z.array(
      z.object({
        name: z.string(),
        result: z.enum(['held', 'broken', 'not-applicable']),
        compared: count,
        rows: count.meta({ description: 'How many rows it names; `GET …/checks` has them.' }),
      }),
    ),
  })
  .meta({ id: 'HomeProof' })

const hidden = 'Null for whoever may not read it.'

export const Home = z
  .object({
    figures: HomeFigures.nullable().meta({ description: hidden }),
    exceptions: HomeExceptions.nullable().meta({ description: hidden }),
    approvals: z
      .object({ count, oldestAt: moment.nullable(), source: Source })
      .nullable()
      .meta({ description: hidden }),
    imports: z.object({ latest: HomeImport.nullable() }).nullable().meta({ description: hidden }),
    proof: z
      .object({ latest: HomeProof.nullable().meta({ description: 'Null where the checks have never run.' }) })
      .nullable()
      .meta({ description: hidden }),
  })
  .meta({ id: 'Home', description: 'All that the first screen shows.' })

const among = (from: number, to: number, usual: number, description: string) =>
  z
    .string()
    .regex(/^[0-9]{1,2}$/)
    .refine((text) => Number(text) >= from && Number(text) <= to, `a number from ${from} to ${to}`)
    .optional()
    .meta({ description: `${description} ${usual} without it.`, example: String(usual) })

export const HomeQuery = z.strictObject({
  asOf: Day.optional().meta({ description: 'The day up to which figures are; today without it.' }),
  days: among(7, 92, 30, 'How many days of sales.'),
  top: among(1, 20, 5, 'How many items and countries.'),
})
