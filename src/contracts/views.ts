import { z } from 'zod'
import { Id } from './basic.ts'

const area = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/)
  .meta({ description: 'The list that it is of, by its address.', example: 'documents' })
const name = z.string().trim().min(1).max(200).meta({ example: 'Open and overdue' })
const query = z
  .string()
  .max(4000)
  .meta({ description: 'The query of its address: filters and order.', example: 'open=true' })
const columns = z
  .array(z.string().min(1).max(100))
  .max(100)
  .meta({ description: 'The columns that it shows, in order; none for the usual ones.' })
const shared = z.boolean().meta({ description: 'Whether everybody in the company sees it.' })

const isDefault = z
  .boolean()
  .meta({ description: 'Whether you begin the list with it. Of others each says so for themselves.' })

export const NewView = z
  .strictObject({
    area,
    name,
    query: query.default(''),
    columns: columns.default([]),
    shared: shared.default(false),
    isDefault: isDefault.default(false),
  })
  .meta({ id: 'NewView' })

export const ViewChange = z
  .strictObject({
    name: name.optional(),
    query: query.optional(),
    columns: columns.optional(),
    shared: shared.optional(),
    isDefault: isDefault.optional(),
  })
  .meta({ id: 'ViewChange' })

export const View = z
  .object({
    id: Id,
    area,
    name,
    query,
    columns,
    shared,
    owner: z.string().meta({ example: 'user:7' }),
    mine: z.boolean(),
    isDefault,
    changedAt: z.string().meta({ example: '2011-01-31T10:00:00Z' }),
  })
  .meta({ id: 'View', description: 'How somebody looks at a list, under a name.' })

export const ViewQuery = z.strictObject({ area: area.optional() })

export const Removed = z.object({ removed: z.literal(true) }).meta({ id: 'Removed' })
