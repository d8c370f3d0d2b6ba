import type { RoutePermission } from '../kernel/permissions.ts'
import { refusals } from '../kernel/refusal.ts'
import { exampleOf, type JsonSchema } from './api-example.ts'
import { refusalsOfRoutes } from './refusals-of-routes.ts'
import { apiVersions } from './versions.ts'

type Media = { schema?: JsonSchema; example?: unknown }
type Answer = { description?: string; content?: Record<string, Media>; 'x-codes'?: string[] }
export type Parameter = {
  name: string
  in: string
  schema?: JsonSchema
  description?: string
  required?: boolean
  example?: unknown
}
export type Operation = {
  operationId?: string
  tags?: string[]
  summary?: string
  description?: string
  security?: object[]
  'x-permission'?: RoutePermission
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, Media> }
  responses: Record<string, Answer>
}
export type ApiDocument = {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, JsonSchema>; securitySchemes?: object; parameters?: object }
}

const version = (apiVersions.at(-1) as { date: string }).date

const versionHeader: Parameter = {
  name: 'Countinghouse-Version',
  in: 'header',
  required: false,
  description: 'The version that the program was written for; without it, the newest.',
  schema: { type: 'string', enum: apiVersions.map(({ date }) => date) },
  example: version,
}

/**
 * Completes the document that the routes' schemas give: a name for each operation, an example of every request and answer, the codes of its
 * problems, how to sign in, and the header of the version.
 */
export function completeDocument(document: ApiDocument): ApiDocument {
  const schemas = document.components?.schemas ?? {}
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item)) {
      operation.operationId ??= operationIdOf(method, path)
      operation.security = operation['x-permission'] === 'public' ? [] : [{ apiKey: [] }, { session: [] }]
      if (path.startsWith('/api/')) operation.parameters = [...(operation.parameters ?? []), { ...versionHeader }]
      addExamples(operation, schemas)
      addProblems(operation, `${method} ${path}`)
    }
  }
  document.components = {
    ...document.components,
    securitySchemes: {
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key of a company, with the scopes that it was given.',
      },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'countinghouse.session_token',
        description: 'Whoever signed in on the pages.',
      },
    },
  }
  return document
}

function addExamples({ parameters, requestBody, responses }: Operation, schemas: Record<string, JsonSchema>): void {
  for (const parameter of parameters ?? []) {
    if (parameter.schema !== undefined) parameter.example ??= exampleOf(parameter.schema, schemas)
  }
  const contents = [requestBody, ...Object.values(responses)]
  for (const content of contents) {
    for (const [type, media] of Object.entries(content?.content ?? {})) {
      if (type === 'application/json' && media.schema !== undefined) media.example ??= exampleOf(media.schema, schemas)
    }
  }
}

/** Says under each status with which codes a request can be declined there. */
function addProblems({ responses, 'x-permission': permission = 'public' }: Operation, name: string): void {
  const codes = [...new Set([...refusalsOfCallers(permission), ...(refusalsOfRoutes[name]?.split(' ') ?? [])])]
  for (const [status, answer] of Object.entries(responses)) {
    const media = answer.content?.['application/problem+json']
    if (media === undefined) continue
    const own = codes.filter((code) => String(refusals[code as keyof typeof refusals]?.status) === status)
    answer['x-codes'] = own
    if (own.length > 0) answer.description = `${answer.description ?? ''} Codes: ${own.join(', ')}.`
    media.example = problemExample(Number(status), own[0])
  }
}

/** How whoever calls can be declined before the route itself is asked. */
const refusalsOfCallers = (permission: RoutePermission): string[] => [
  'too_many_requests',
  ...(permission === 'public' ? [] : ['not_signed_in']),
  ...(permission === 'public' || permission === 'signed_in' ? [] : ['not_permitted']),
]

function problemExample(status: number, code: string | undefined): unknown {
  const words = code === undefined ? undefined : refusals[code as keyof typeof refusals]
  if (code === undefined || words === undefined)
    return { type: '/api#unexpected', code: 'unexpected', title: 'It was declined', status }
  return { type: `/api#${code}`, code, title: words.title, status, remedy: words.remedy, detail: words.title }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const camel = (segment: string): string =>
  segment
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join('')

const singular = (word: string): string =>
  /ies$/.test(word) ? word.replace(/ies$/, 'y') : /(ss|us|is)$/.test(word) ? word : word.replace(/s$/, '')

const verbs: Readonly<Record<string, string>> = { post: 'create', put: 'replace', patch: 'change', delete: 'remove' }

/**
 * The name of an operation, from its address: `listAccounts`, `getAccount`, `createInvoices`, `closePeriod`. It stays as long as the address
 * does; programs that were generated from the document call it by this name.
 */
export function operationIdOf(method: string, path: string): string {
  const parts = path
    .replace(/^\/api\/v1/, '')
    .replace(/^\/companies\/\{companyId\}(?=\/)/, '')
    .split('/')
    .filter(Boolean)
  const names = parts.filter((part) => !part.startsWith('{'))
  const ofOne = parts.at(-1)?.startsWith('{') === true
  const last = names.at(-1) ?? ''
  const before = names.slice(0, -1).map(camel).join('')
  const acts = method === 'post' && !ofOne && parts.at(-2)?.startsWith('{') === true && !last.endsWith('s')
  if (acts) return camel(last).charAt(0).toLowerCase() + camel(last).slice(1) + singular(before)
  if (method === 'get') return ofOne ? `get${before}${singular(camel(last))}` : `list${before}${camel(last)}`
  return `${verbs[method] ?? method}${before}${ofOne ? singular(camel(last)) : camel(last)}`
}
