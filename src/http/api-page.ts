import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import type { RoutePermission } from '../kernel/permissions.ts'
import { type ApiDocument, completeDocument, type Operation, type Parameter } from './api-document.ts'
import type { JsonSchema } from './api-example.ts'
import { problemCatalogue } from './problem.ts'
import type { Environment } from './workplace.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** The API's own document, and the page that people read: rendered here, so that nothing is loaded from elsewhere. */
export function addApiPages(app: OpenAPIHono<Environment>, version: string): void {
  let document: ApiDocument | undefined
  // Anybody may ask for both as often as they like, so each is written once.
  let written: string | undefined
  let page: ReturnType<typeof apiPage> | undefined
  const read = (): ApiDocument => {
    document ??= completeDocument(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Countinghouse', version, description: 'The books and everything that posts to them.' },
        servers: [{ url: '/' }],
      }) as ApiDocument,
    )
    return document
  }
  app.get('/api/openapi.json', (c) => {
    written ??= JSON.stringify(read())
    return c.body(written, 200, { 'content-type': 'application/json' })
  })
  app.get('/api', (c) => {
    page ??= apiPage(read(), version)
    return c.html(page)
  })
}

type Named = { method: string; path: string; operation: Operation }

function operationsByTag({ paths = {} }: ApiDocument): Map<string, Named[]> {
  const byTag = new Map<string, Named[]>()
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (operation === undefined) continue
      const tag = operation.tags?.[0] ?? 'Other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method, path, operation }])
    }
  }
  return byTag
}

const anchor = (tag: string): string => tag.toLowerCase().replaceAll(' ', '-')

function apiPage(document: ApiDocument, version: string) {
  const byTag = operationsByTag(document)
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API · Countinghouse</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/style.css"><script src="/assets/color-scheme.js"></script></head>
<body><main>
<p class="brand"><a href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"> Countinghouse</a></p>
<h1>API <span class="quiet">${version}</span></h1>
<p>JSON over HTTP. For programs the same is in <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
Send an API key with every request, <code>Authorization: Bearer ch_…</code>; you make one under <a href="/account">Your account</a>.
Money is a decimal string with its currency; identifiers are numbers written as text; days are days of the books. A declined request
answers with problem details (RFC 9457). Send an <code>Idempotency-Key</code> with a change, and repeating the request does nothing twice.</p>
<nav aria-label="Parts">${[...byTag.keys()].map((tag) => html`<a href="#${anchor(tag)}">${tag}</a> `)}<a href="#schemas">Schemas</a> <a href="#problems">Problems</a></nav>
${[...byTag].map(([tag, operations]) => html`<section id="${anchor(tag)}"><h2>${tag}</h2>${operations.map(operationPart)}</section>`)}
<section id="schemas"><h2>Schemas</h2>${schemas.map(schemaPart)}</section>
<section id="problems"><h2>Problems</h2><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>What to do</th></tr></thead><tbody>
${problemCatalogue().map(
  ({ code, status, title, remedy }) =>
    html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${remedy}</td></tr>`,
)}</tbody></table></section>
</main></body></html>`
}

const asked: Readonly<Partial<Record<RoutePermission, string>>> = {
  public: 'nothing: anybody may',
  signed_in: 'somebody who signed in, or a key',
  session: 'somebody who signed in; no key may',
  installation: 'the owner of the installation',
}

function operationPart({ method, path, operation }: Named) {
  const { operationId, summary = '', description = '', parameters = [], requestBody, responses } = operation
  const permission = operation['x-permission'] ?? 'public'
  const bodies = Object.entries(requestBody?.content ?? {})
  const answers = Object.entries(responses).filter(([status]) => status < '300')
  const codes = Object.values(responses).flatMap((answer) => answer['x-codes'] ?? [])
  return html`<details id="${operationId ?? ''}"><summary><b class="method">${method.toUpperCase()}</b> <code>${path}</code>
<span class="quiet">${summary}</span></summary>
<p>${summary}. ${description}</p><dl>
<dt>asks for</dt><dd>${asked[permission] ?? html`the permission <code>${permission}</code>`}</dd>
${parameters.map(parameterPart)}
${bodies.map(
  ([type, { schema, example }]) =>
    html`<dt>body</dt><dd>${type}: ${typeOf(schema)}${example === undefined ? '' : html`<pre>${JSON.stringify(example, null, 2)}</pre>`}</dd>`,
)}
${answers.map(
  ([status, { description, content }]) =>
    html`<dt>${status}</dt><dd>${description} ${Object.entries(content ?? {}).map(([type, { schema }]) => html`${type}: ${typeOf(schema)} `)}</dd>`,
)}
${codes.length === 0 ? '' : html`<dt>declines with</dt><dd>${codes.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</dd>`}
</dl></details>`
}

const parameterPart = ({ name, in: where, required, schema, description }: Parameter) =>
  html`<dt><code>${name}</code></dt><dd>${where}${required ? '' : ', optional'}: ${typeOf(schema)} ${description ?? ''}</dd>`

const schemaPart = ([name, schema]: [
  string,
  JsonSchema,
]) => html`<article id="schema-${name}"><h3><code>${name}</code></h3>
${schema.description ? html`<p>${schema.description}</p>` : ''}
${
  schema.properties
    ? html`<dl>${Object.entries(schema.properties).map(
        ([property, of]) =>
          html`<dt><code>${property}</code></dt><dd>${schema.required?.includes(property) ? '' : 'optional: '}${typeOf(of)} ${of.description ?? ''}</dd>`,
      )}</dl>`
    : html`<p>${typeOf(schema)}</p>`
}</article>`

type Rendered = ReturnType<typeof html> | string

const joined = (parts: readonly JsonSchema[], word: string): Rendered =>
  html`${parts.map((one, index) => html`${index > 0 ? ` ${word} ` : ''}${typeOf(one)}`)}`

/** A schema in words, with links to those that have a name. */
function typeOf(schema: JsonSchema | undefined): Rendered {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return joined(choices, 'or')
  if (schema.allOf) return joined(schema.allOf, 'and')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.items) return html`list of ${typeOf(schema.items)}`
  if (schema.type === 'object' && schema.properties) {
    return html`{ ${Object.entries(schema.properties).map(([name, of], index) => html`${index > 0 ? ', ' : ''}${name}: ${typeOf(of)}`)} }`
  }
  if (typeof schema.additionalProperties === 'object') return html`object of ${typeOf(schema.additionalProperties)}`
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything')
  return schema.format ? `${type} (${schema.format})` : type
}
