import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { readApiDocument } from '../../tools/docs/client-types.ts'

/* What an answer may leave null, the API document says, and with it the client that is made of it. */

type Told = { $ref?: string; type?: string | string[]; properties?: Record<string, Told>; items?: Told } & Record<
  'anyOf' | 'oneOf' | 'allOf',
  Told[] | undefined
>

const folder = join(import.meta.dirname, '../../src/contracts')
const named = new Map<string, z.ZodType>()
let schemas: Record<string, Told>
beforeAll(async () => {
  for (const file of readdirSync(folder))
    for (const exported of Object.values((await import(join(folder, file))) as Record<string, unknown>)) {
      const id = isSchema(exported) ? exported.meta()?.id : undefined
      if (id !== undefined) named.set(id, exported as z.ZodType)
    }
  schemas = (await readApiDocument()).components?.schemas as unknown as Record<string, Told>
})

const isSchema = (value: unknown): value is z.ZodType => typeof value === 'object' && value !== null && 'def' in value
const mayBeNull = (schema: z.ZodType): boolean => schema.safeParse(null).success

function saysNull(told: Told): boolean {
  if (told.$ref !== undefined) return saysNull(schemas[told.$ref.split('/').at(-1) as string] as Told)
  const choices = told.anyOf ?? told.oneOf
  if (choices !== undefined) return choices.some(saysNull)
  if (told.allOf !== undefined) return told.allOf.every(saysNull)
  return told.type === undefined || [told.type].flat().includes('null')
}

/** The places, `Account.endedOn`, that may be null and are told of as if they never were. */
function hidden(name: string, schema: z.ZodType, told: Told | undefined): string[] {
  if (told === undefined) return []
  if (mayBeNull(schema)) return saysNull(told) ? [] : [name]
  const { shape, element } = schema as unknown as { shape?: Record<string, z.ZodType>; element?: z.ZodType }
  if (element !== undefined) return hidden(`${name}[]`, element, told.items)
  return Object.entries(shape ?? {}).flatMap(([field, one]) =>
    hidden(`${name}.${field}`, one, told.properties?.[field]),
  )
}

test('whatever may be null is said to be', () => {
  expect(named.size).toBeGreaterThan(50)
  const places = [...named].flatMap(([name, schema]) => hidden(name, schema, schemas[name]))
  expect(places, 'say orNull(Day), not Day.nullable(): see src/contracts/basic.ts').toEqual([])
  expect(saysNull(schemas.Money as Told), 'money is never null by its name').toBe(false)
})
