import type { ApiDocument, Operation } from '../../src/http/api-document.ts'
import { createApp } from '../../src/http/app.ts'
import { openDatabase } from '../../src/kernel/database.ts'

/** So much of JSON Schema as becomes a type. */
type Schema = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  description?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** The API document as the site answers it. No database is asked for it. */
export async function readApiDocument(): Promise<ApiDocument> {
  const database = openDatabase({ url: 'postgres://localhost/none' })
  try {
    const identity = { origin: 'http://localhost' }
    const parts = { database, identity, version: '0', uploads: {}, imports: {}, log: () => {} }
    const app = createApp(parts as unknown as Parameters<typeof createApp>[0])
    const response = await app.request('http://localhost/api/openapi.json')
    return (await response.json()) as ApiDocument
  } finally {
    await database.close()
  }
}

/** The types of the TypeScript client and the addresses of its operations, as `npm run client` writes them. */
export function clientProgram(document: ApiDocument): string {
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>).sort(byName)
  const operations = Object.entries(document.paths ?? {})
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method,
        path,
        operation,
        name: operation.operationId ?? '',
      })),
    )
    .filter(({ operation }) => operation.requestBody === undefined || jsonOf(operation.requestBody) !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return [
    '// Written by `npm run client` from the API document. Never edited by hand.',
    '',
    ...schemas.flatMap(([name, schema]) => [
      ...(schema.description === undefined ? [] : [`/** ${schema.description.replaceAll('*/', '* /')} */`]),
      `export type ${name} = ${typeOf(schema)}`,
      '',
    ]),
    '/** What each operation takes and answers. */',
    'export type Operations = {',
    ...operations.map(operationType),
    '}',
    '',
    '/** Where each operation is. */',
    'export const addresses: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {',
    ...operations.map(({ name, method, path }) => `  ${name}: ['${method.toUpperCase()}', '${path}'],`),
    '}',
    '',
  ].join('\n')
}

type Named = { name: string; method: string; path: string; operation: Operation }

function operationType({ name, operation }: Named): string {
  const parameters = (operation.parameters ?? []) as { name: string; in: string; required?: boolean; schema?: Schema }[]
  const within = (place: string): string => {
    const own = parameters.filter((one) => one.in === place)
    const fields = own.map((one) => `${key(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema ?? {})}`)
    return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join('; ')} }`
  }
  const body = jsonOf(operation.requestBody)
  const answers = Object.entries(operation.responses).filter(([status]) => status < '300')
  const results = answers.map(([, answer]) => {
    const schema = jsonOf(answer)
    return schema === undefined ? 'string' : typeOf(schema)
  })
  const events = answers.flatMap(([, { content }]) => content?.['text/event-stream']?.schema ?? [])
  const event = events.map((schema) => `; event: ${typeOf(schema as Schema)}`).join('')
  const doc = `${operation.summary ?? ''}. ${operation.description ?? ''}`.trim().replaceAll('*/', '* /')
  const parts = [
    `path: ${within('path')}`,
    `query: ${within('query')}`,
    `body: ${body === undefined ? 'undefined' : typeOf(body)}`,
  ]
  return `  /** ${doc} */\n  ${name}: { ${parts.join('; ')}; result: ${[...new Set(results)].join(' | ')}${event} }`
}

const jsonOf = (content: { content?: Record<string, { schema?: object }> } | undefined): Schema | undefined =>
  content?.content?.['application/json']?.schema as Schema | undefined

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)
const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`)

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ')
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.map((type) => plainType(type, schema)).join(' | ')
}

function plainType(type: string | undefined, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    return fields.length === 0 ? `Record<string, ${typeOf(additionalProperties)}>` : `{ ${fields.join('; ')} }`
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  return additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>'
}
