import { expect, test } from 'vitest'
import type { createApp } from '../../src/http/app.ts'
import { conforming } from '../support/conforming.ts'

type App = ReturnType<typeof createApp>

const schema = { type: 'object', properties: { kind: { enum: ['invoice'] } }, required: ['kind'] }
const operation = { responses: { 200: { content: { 'application/json': { schema } } } } }
const document = { components: { schemas: {} }, paths: { '/api/v1/documents/{id}': { get: operation } } }

/** A site of one route, which answers this and no more. */
const site = (body: unknown): App => {
  const fetch = async (request: Request) =>
    request.url.endsWith('openapi.json') ? Response.json(document) : Response.json(body)
  return conforming({ fetch } as unknown as App)
}
const ask = async (app: App) => await app.fetch(new Request('http://localhost:8080/api/v1/documents/1'))

test('an answer that is not of the form in the API document fails whoever asks', async () => {
  await expect(ask(site({ kind: 'order' }))).rejects.toThrow('a form that its document does not know')
  await expect(ask(site({}))).rejects.toThrow('get /api/v1/documents/1 answered 200')
  expect(await (await ask(site({ kind: 'invoice' }))).json()).toEqual({ kind: 'invoice' })
})
