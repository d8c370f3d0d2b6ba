import { z } from 'zod'
import { Id, Money } from './basic.ts'

export const Report = z
  .looseObject({
    report: z.string(),
    company: Id,
    currency: z.string(),
    asOf: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    rows: z.array(z.looseObject({})),
    next: z.string().nullish().meta({ description: 'Where the next page begins; null on the last one.' }),
  })
  .meta({ id: 'Report', description: 'What a report is of, and its rows. Money is a decimal with its currency.' })

export const Proof = z
  .object({
    ok: z.boolean(),
    ranAt: z.string().meta({ description: 'When the checks ran, in UTC.', examples: ['2011-01-31T10:00:00Z'] }),
    checks: z.array(
      z.object({
        name: z.string(),
        result: z.enum(['held', 'broken', 'not-applicable']),
        compared: z.number().int(),
        rows: z.array(z.looseObject({})),
      }),
    ),
  })
  .meta({ id: 'Proof', description: 'What was proved, how much was compared, and what breaks it.' })

export const ReportKinds = z
  .object({
    reports: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        parameters: z.array(
          z.object({
            name: z.string(),
            kind: z.enum(['date', 'text', 'choice', 'count', 'flag']),
            description: z.string(),
            required: z.boolean(),
            choices: z.array(z.string()).meta({ description: 'Of a choice.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ReportKinds', description: 'The reports that there are, and what each can be asked.' })

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null(), Money])
const LinesSource = z.object({
  report: z.string().optional(),
  list: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
})

const TableRow = z.object({
  cells: z.record(z.string(), Cell).meta({ description: 'By the keys of the columns.' }),
  depth: z.number().int().meta({ description: 'How far it is set in below what it belongs to.' }),
  emphasis: z.string().optional().meta({ description: 'What sets it off: a total, a result or a heading.' }),
  sources: z
    .record(z.string(), LinesSource)
    .meta({ description: 'By the keys of columns, where the rows behind a figure are read.' }),
})

export const ReportTable = z
  .object({
    report: z.string(),
    title: z.string(),
    currency: z.string(),
    asOf: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    columns: z.array(
      z.object({ key: z.string(), title: z.string(), kind: z.enum(['text', 'number', 'money', 'date']) }),
    ),
    rows: z.array(TableRow),
    largest: z
      .array(TableRow)
      .optional()
      .meta({ description: 'Where rows are left out of a report that is drawn by size, the largest of all.' }),
    more: z.number().int().meta({ description: 'How many rows there are beside these.' }),
    totals: z.array(z.string()).meta({ description: 'Keys of the columns whose sum stands below them.' }),
    sums: z
      .record(z.string(), Money)
      .meta({ description: 'The sums of these columns over all rows; without those in several currencies.' }),
    next: z.string().nullish().meta({ description: 'Where the next page begins; null on the last one.' }),
  })
  .meta({
    id: 'ReportTable',
    description: 'A report laid out as a table, with what leads from its figures to their lines.',
  })
