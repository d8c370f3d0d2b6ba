/** So much of JSON Schema as the API document uses. */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  pattern?: string
  example?: unknown
  examples?: unknown[]
  default?: unknown
  const?: unknown
  enum?: unknown[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  required?: string[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  minLength?: number
  maxLength?: number
  minimum?: number
  exclusiveMinimum?: number
  minItems?: number
}

type Schemas = Readonly<Record<string, JsonSchema>>

const words = [
  '1',
  '12',
  '12.34',
  '100.00',
  '2011-01',
  '2011-01-31',
  '2011-01-31T12:00:00Z',
  '12:00',
  'GB',
  'GBP',
  'eu',
  'text',
  'TEXT',
  'a@example.com',
  'https://example.com/',
  '0'.repeat(64),
  'example',
]

/** An example that fits a schema: its own where it has one, else the simplest that its form allows. */
export function exampleOf(schema: JsonSchema, schemas: Schemas, within: readonly string[] = []): unknown {
  const [own] = schema.example === undefined ? (schema.examples ?? []) : [schema.example]
  if (own !== undefined) return own
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return exampleOf(schemas[name] ?? {}, schemas, [...within, name])
  }
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice !== undefined) return exampleOf(choice, schemas, within)
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => exampleOf(part, schemas, within))
    return parts.every((part) => typeof part === 'object' && part !== null) ? Object.assign({}, ...parts) : parts[0]
  }
  return exampleOfType(schema, schemas, within)
}

function exampleOfType(schema: JsonSchema, schemas: Schemas, within: readonly string[]): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return exampleObject(schema, schemas, within)
    case 'array':
      return schema.items === undefined ? [] : repeated(exampleOf(schema.items, schemas, within), schema.minItems)
    case 'string':
      return exampleText(schema)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1)
    case 'boolean':
      return true
    default:
      return type === 'null' ? null : {}
  }
}

const repeated = (item: unknown, minItems = 1): unknown[] => Array.from({ length: Math.max(1, minItems) }, () => item)

function exampleObject({ properties = {}, required = [] }: JsonSchema, schemas: Schemas, within: readonly string[]) {
  const found: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(properties)) {
    // What may be left out is left out where it would go round in a circle.
    if (!required.includes(name) && [...namesIn(property)].some((one) => within.includes(one))) continue
    found[name] = exampleOf(property, schemas, within)
  }
  return found
}

function* namesIn(schema: JsonSchema): Iterable<string> {
  if (schema.$ref !== undefined) yield schema.$ref.split('/').at(-1) ?? ''
  for (const inner of [schema.items, ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) if (inner) yield* namesIn(inner)
}

function exampleText({ format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema): string {
  if (format === 'date') return '2011-01-31'
  if (format === 'date-time') return '2011-01-31T12:00:00Z'
  if (format === 'uri' || format === 'url') return 'https://example.com/'
  if (format === 'email') return 'a@example.com'
  const form = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  const fits = (word: string): boolean =>
    word.length >= minLength && word.length <= maxLength && form?.test(word) !== false
  return (pattern === undefined && fits('text') ? 'text' : words.find(fits)) ?? 'x'.repeat(Math.max(1, minLength))
}
