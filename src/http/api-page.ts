import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import { type ApiDocument, completeDocument } from './api-document.ts'
import { problemCatalogue } from './problem.ts'
import type { Environment } from './workplace.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
}
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Content = { content?: Record<string, { schema?: Schema }> }
type Operation = {
  tags?: string[]
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { description?: string }>
}
type Document = { paths?: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** The API's own document, and the page that people read: rendered here, so that nothing is loaded from elsewhere. */
export function addApiPages(app: OpenAPIHono<Environment>, version: string): void {
  let document: Document | undefined
  const read = (): Document => {
    document ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Countinghouse', version, description: 'The books and everything that posts to them.' },
      servers: [{ url: '/' }],
    }) as Document
    completeDocument(document as ApiDocument)
    return document
  }
  app.get('/api/openapi.json', (c) => c.json(read()))
  app.get('/api', (c) => c.html(apiPage(read(), version)))
}

function apiPage(document: Document, version: string) {
  const byTag = new Map<string, { method: string; path: string; operation: Operation }[]>()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method]
      if (operation === undefined) continue
      const tag = operation.tags?.[0] ?? 'Other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method, path, operation }])
    }
  }
  const schemas = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Countinghouse</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/style.css"></head>
<body class="api"><main>
<h1>Countinghouse API <small>${version}</small></h1>
<p>JSON over HTTP, for programs on this machine. The machine-readable document is <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
Money is a decimal string with its currency; identifiers are numbers written as text; days are days of the books. A declined request
answers with problem details (RFC 9457). Send an <code>Idempotency-Key</code> with a change, and repeating the request does nothing twice.</p>
<nav>${[...byTag.keys()].map((tag) => html`<a href="#${tag}">${tag}</a> `)}<a href="#schemas">Schemas</a> <a href="#problems">Problems</a></nav>
${[...byTag].map(([tag, operations]) => html`<section id="${tag}"><h2>${tag}</h2>${operations.map(operationPart)}</section>`)}
<section id="schemas"><h2>Schemas</h2>${schemas.map(schemaPart)}</section>
<section id="problems"><h2>Problems</h2><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>What to do</th></tr></thead><tbody>
${problemCatalogue().map(
  ({ code, status, title, remedy }) =>
    html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${remedy}</td></tr>`,
)}</tbody></table></section>
</main></body></html>`
}

function operationPart({ method, path, operation }: { method: string; path: string; operation: Operation }) {
  const bodies = Object.entries(operation.requestBody?.content ?? {})
  const answers = Object.entries(operation.responses).filter(([status]) => status < '300')
  return html`<article><h3><b class="method">${method.toUpperCase()}</b> <code>${path}</code></h3>
<p>${operation.summary}. ${operation.description ?? ''}</p><dl>
${(operation.parameters ?? []).map(
  (p) =>
    html`<dt><code>${p.name}</code></dt><dd>${p.in}${p.required ? '' : ', optional'}: ${typeOf(p.schema)} ${p.description ?? ''}</dd>`,
)}
${bodies.map(([type, { schema }]) => html`<dt>body</dt><dd>${type}: ${typeOf(schema)}</dd>`)}
${answers.map(
  ([status, { description, content }]) =>
    html`<dt>${status}</dt><dd>${description} ${Object.entries(content ?? {}).map(([type, { schema }]) => html`${type}: ${typeOf(schema)} `)}</dd>`,
)}
</dl></article>`
}

const schemaPart = ([name, schema]: [string, Schema]) => html`<article id="schema-${name}"><h3><code>${name}</code></h3>
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

function typeOf(schema: Schema | undefined): Rendered {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (schema.anyOf) return html`${schema.anyOf.map((one, index) => html`${index > 0 ? ' or ' : ''}${typeOf(one)}`)}`
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.items) return html`list of ${typeOf(schema.items)}`
  if (schema.type === 'object' && schema.properties) {
    return html`{ ${Object.entries(schema.properties).map(([name, of], index) => html`${index > 0 ? ', ' : ''}${name}: ${typeOf(of)}`)} }`
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything')
  return schema.format ? `${type} (${schema.format})` : type
}
