import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { permissionNames } from '../../src/kernel/permissions.ts'
import { openSite, type Site } from '../support/site.ts'

type Content = { content?: Record<string, { schema?: object; example?: unknown }>; 'x-codes'?: string[] }
type Parameter = { name: string; in: string; schema: object; example?: unknown }
type Operation = {
  operationId?: string
  parameters?: Parameter[]
  'x-permission'?: string
  summary?: string
  tags?: string[]
  requestBody?: Content
  responses: Record<string, Content>
}
type Document = {
  components: { schemas: Record<string, object> }
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

let site: Site
let document: Document
beforeAll(async () => {
  site = await openSite()
  document = (await (await site.get('/api/openapi.json')).json()) as Document
})
afterAll(() => site.close())

const operations = (): [name: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  )

test('every route of the API stands in the document', () => {
  const routes = site.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(routes.length).toBeGreaterThan(20)
  expect(operations().map(([name]) => name)).toEqual(expect.arrayContaining([...new Set(routes)]))
})

test('every route says what it does, what it takes, what it answers and how it declines', () => {
  expect(document.openapi).toBe('3.1.0')
  for (const [name, { summary, tags, requestBody, responses }] of operations()) {
    expect(summary, name).toBeTruthy()
    expect(tags, name).toHaveLength(1)
    const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'))
    expect(answers.length, name).toBeGreaterThan(0)
    for (const [status, { content }] of answers) {
      if (status === '204') continue // which is to say nothing
      for (const { schema } of Object.values(content ?? { none: {} })) expect(schema, name).toBeTruthy()
    }
    for (const status of ['400', '404', '409', '422', '500']) {
      expect(responses[status]?.content?.['application/problem+json']?.schema, `${name} ${status}`).toEqual({
        $ref: '#/components/schemas/Problem',
      })
    }
    if (name.startsWith('post') || name.startsWith('patch')) {
      for (const { schema } of Object.values(requestBody?.content ?? {})) expect(schema, name).toBeTruthy()
    }
  }
})

test('every route of the API says by which codes it declines', () => {
  for (const [name, { responses }] of operations()) {
    if (!name.includes('/api/v1/')) continue
    const codes = Object.values(responses).flatMap((response) => response['x-codes'] ?? [])
    expect(codes, name).toContain('input_invalid')
  }
})

test('every route names what it asks of whoever calls it', () => {
  const known: string[] = [...permissionNames, 'signed_in', 'session', 'installation', 'public']
  for (const [name, operation] of operations()) expect(known, name).toContain(operation['x-permission'])
})

test('the page that people read names every route and loads nothing from elsewhere', async () => {
  const page = await (await site.get('/api')).text()
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`)
  const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string)
  expect(loaded.filter((address) => !/^[/#]/.test(address))).toEqual([])
})

const validators = new Map<string, z.ZodType>()

/** A validator of a schema of the document: references go to its definitions. Many operations have the same, and it is made once. */
function validatorOf(schema: object): z.ZodType {
  const key = JSON.stringify(schema)
  const known = validators.get(key)
  if (known !== undefined) return known
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas })
  const made = z.fromJSONSchema(
    JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as z.core.JSONSchema.JSONSchema,
  )
  validators.set(key, made)
  return made
}

const isFile = (schema: object): boolean => 'format' in schema && schema.format === 'binary'

test('every operation has a name of its own, and examples that fit their schemas', () => {
  const names = operations().map(([, { operationId }]) => operationId)
  expect(new Set(names).size).toBe(names.length)
  let compared = 0
  for (const [name, { requestBody, responses, parameters }] of operations()) {
    for (const [status, content] of [['request', requestBody], ...Object.entries(responses)] as [
      string,
      Content | undefined,
    ][]) {
      for (const [type, { schema, example }] of Object.entries(content?.content ?? {})) {
        if (!/^application\/(problem\+)?json$/.test(type) || schema === undefined || isFile(schema)) continue
        const checked = validatorOf(schema).safeParse(example)
        expect(checked.error?.issues ?? [], `${name} ${status}: ${JSON.stringify(example)}`).toEqual([])
        compared += 1
      }
    }
    for (const { schema, example, name: parameter } of parameters ?? []) {
      expect(example, `${name} ${parameter}`).toBeDefined()
      expect(validatorOf(schema).safeParse(example).error?.issues ?? [], `${name} ${parameter}`).toEqual([])
    }
  }
  expect(compared).toBeGreaterThan(operations().length)
})

test('every request example is taken by its route as one of the form', async () => {
  await site.post('/api/v1/companies', { name: 'Shop', country: 'GB', currency: 'GBP' })
  for (const [name, { requestBody, parameters }] of operations()) {
    const example = requestBody?.content?.['application/json']?.example
    // An import and a sample company go on after they were answered, and the files of one are no JSON.
    // And nobody signs out before the end.
    if (example === undefined || /\/(imports(\/files)?|sample-companies|session\/end)$/.test(name)) continue
    const [method = '', path = ''] = name.split(' ')
    const address = (parameters ?? []).reduce(
      (at, one) => (one.in === 'path' ? at.replace(`{${one.name}}`, String(one.example)) : at),
      path,
    )
    const response = await site.send(method.toUpperCase(), address, example)
    const problem = response.status === 400 ? ((await response.json()) as { errors?: unknown }) : {}
    expect(problem.errors, `${name} ${JSON.stringify(example)}`).toBeUndefined()
    expect(response.status, name).toBeLessThan(500)
  }
})

test('every route of a company tells the codes with which it declines', () => {
  const told = operations().filter(([name]) => name.includes('{companyId}'))
  const silent = told.filter(([, { responses }]) => !responses['404']?.['x-codes']?.includes('company_unknown'))
  expect(silent.map(([name]) => name)).toEqual([])
  const credit = document.paths['/api/v1/companies/{companyId}/credit-notes']?.post
  expect(credit?.responses['422']?.['x-codes']).toEqual(
    expect.arrayContaining(['credit_exceeds_invoice', 'idempotency_key_reused']),
  )
})
