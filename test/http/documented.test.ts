import { afterAll, beforeAll, expect, test } from 'vitest'
import { permissionNames } from '../../src/contracts/permissions.ts'
import { openSite, type Site } from '../support/site.ts'

type Content = { content?: Record<string, { schema?: object }> }
type Operation = {
  'x-permission'?: string
  summary?: string
  tags?: string[]
  requestBody?: Content
  responses: Record<string, Content>
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

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
    for (const [, { content }] of answers) {
      for (const { schema } of Object.values(content ?? { none: {} })) expect(schema, name).toBeTruthy()
    }
    for (const status of ['400', '404', '409', '422', '500']) {
      expect(responses[status]?.content?.['application/problem+json']?.schema, `${name} ${status}`).toEqual({
        $ref: '#/components/schemas/Problem',
      })
    }
    if (name.startsWith('post') || name.startsWith('patch')) {
      for (const { schema } of Object.values(requestBody?.content ?? { none: {} })) expect(schema, name).toBeTruthy()
    }
  }
})

test('every route names what it asks of whoever calls it', () => {
  const known: string[] = [...permissionNames, 'signed_in', 'installation', 'public']
  for (const [name, operation] of operations()) expect(known, name).toContain(operation['x-permission'])
})

test('the page that people read names every route and loads nothing from elsewhere', async () => {
  const page = await (await site.get('/api')).text()
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`)
  const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string)
  expect(loaded.filter((address) => !/^[/#]/.test(address))).toEqual([])
})
