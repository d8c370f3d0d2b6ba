import { posix } from 'node:path'
import type { Node } from 'oxc-parser'
import { refusals } from '../../src/kernel/refusal.ts'
import { type Repository, type Source, walk } from '../tidy/repository.ts'

/** What a program declares at its top, by name, and what it imports: the file and the name there. */
type Module = { declared: Map<string, Node>; imported: Map<string, { path: string; name: string }> }

/** The formatter's: longer properties have their value on a line of its own. */
const LINE_WIDTH = 120

const base = '/api/v1'
const known = new Set(Object.keys(refusals))
const writing = /\b(?:insert\s+into|update(?:\s+only)?)\s+([a-z_]+)/gi

// What triggers refuse stands in no table's own constraints.
const refusedByTriggers: Readonly<Record<string, readonly string[]>> = {
  attachment: ['append_only'],
  journal_entry: ['period_closed'],
  journal_line: ['account_ended', 'entry_not_balanced', 'entry_not_whole'],
}

// What handlers are handed as an object, and so import only the type of.
const services = new Map([['uploads', { path: 'src/modules/intake/uploads.ts', name: 'Uploads' }]])

/**
 * Which refusals each route of the API can answer with, by what its handler can reach in the code: reasons that it names, and constraints of
 * tables that it writes. More than can happen at times, never less.
 */
export function refusalsOfRoutes(repository: Repository): Record<string, string[]> {
  const modules = new Map<string, Module>()
  for (const [path, source] of repository.programs) if (path.startsWith('src/')) modules.set(path, moduleOf(source))
  const ofTable = refusalsOfTables(repository)
  const seen = new Map<string, Set<string>>()
  const found: Record<string, string[]> = {}
  for (const [path, source] of repository.programs) {
    if (!/^src\/http\/[^/]+\.ts$/.test(path)) continue
    for (const { name, nodes } of routesIn(source, modules.get(path) as Module)) {
      const codes = new Set(['input_invalid', ...(name.includes('{companyId}') ? ['company_unknown'] : [])])
      const reached = new Set<string>()
      for (const node of nodes) collect(node, path, { modules, ofTable, reached, codes })
      seen.set(name, new Set([...codes, ...(seen.get(name) ?? [])]))
    }
  }
  for (const name of [...seen.keys()].sort()) found[name] = [...(seen.get(name) ?? [])].sort()
  return found
}

type Search = {
  modules: ReadonlyMap<string, Module>
  ofTable: ReadonlyMap<string, readonly string[]>
  reached: Set<string>
  codes: Set<string>
}

function collect(root: Node, path: string, search: Search): void {
  walk(root, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') noteText(node.value, search)
    if (node.type === 'TemplateLiteral') noteText(node.quasis.map((quasi) => quasi.value.raw).join(' ? '), search)
    if (node.type !== 'Identifier') return
    follow(node.name, path, search)
    const service = services.get(node.name)
    if (service !== undefined) follow(service.name, service.path, search)
  })
}

function noteText(text: string, { codes, ofTable }: Search): void {
  if (known.has(text)) codes.add(text)
  for (const [, table = ''] of text.matchAll(writing)) {
    for (const code of ofTable.get(table.toLowerCase()) ?? []) codes.add(code)
  }
}

function follow(name: string, path: string, search: Search): void {
  const key = `${path} ${name}`
  if (search.reached.has(key) || path.startsWith('src/kernel/refusal') || path.startsWith('src/contracts/')) return
  const module = search.modules.get(path)
  const declared = module?.declared.get(name)
  const imported = module?.imported.get(name)
  if (declared === undefined && imported === undefined) return
  search.reached.add(key)
  if (declared !== undefined) collect(declared, path, search)
  else if (imported !== undefined) follow(imported.name, imported.path, search)
}

function moduleOf({ path, program }: Source): Module {
  const declared = new Map<string, Node>()
  const imported = new Map<string, { path: string; name: string }>()
  const from = (source: { value: unknown }): string => posix.join(posix.dirname(path), String(source.value))
  const declare = (node: Node): void => {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
      if (node.id !== null) declared.set(node.id.name, node)
    } else if (node.type === 'VariableDeclaration') {
      for (const one of node.declarations) {
        if (one.id.type === 'Identifier') declared.set(one.id.name, one)
      }
    }
  }
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      for (const one of node.specifiers) {
        if (one.type !== 'ImportSpecifier' || one.imported.type !== 'Identifier') continue
        imported.set(one.local.name, { path: from(node.source), name: one.imported.name })
      }
    } else if (node.type === 'ExportNamedDeclaration') {
      if (node.declaration !== null) declare(node.declaration)
      for (const one of node.specifiers) {
        if (node.source === null || one.local.type !== 'Identifier' || one.exported.type !== 'Identifier') continue
        imported.set(one.exported.name, { path: from(node.source), name: one.local.name })
      }
    } else declare(node)
  }
  return { declared, imported }
}

type RouteFound = { name: string; nodes: Node[] }

/** The routes that a file of the API declares, with the code behind each. */
function routesIn({ program }: Source, module: Module): RouteFound[] {
  const found: RouteFound[] = []
  walk(program, (node) => {
    if (node.type !== 'CallExpression') return
    const { callee } = node
    const [first, handler] = node.arguments as Node[]
    if (callee.type === 'Identifier' && first !== undefined) {
      const path = textOf(property(first, 'path'), module)
      const within = `${base}/companies/{companyId}/${path ?? ''}`
      // A list is taken away as a file by a route beside its own.
      if (path !== undefined && (callee.name === 'resourceRoutes' || callee.name === 'exportRoute'))
        found.push({ name: `get ${base}/companies/{companyId}/exports/${path}`, nodes: [first, callee] })
      if (callee.name === 'listRoute') found.push({ name: `post ${within}`, nodes: [first, callee] })
      if (callee.name === 'resourceRoutes') {
        found.push({ name: `get ${within}`, nodes: [first, callee] })
        found.push({ name: `get ${within}/count`, nodes: [first, callee] })
        if (property(first, 'find') !== undefined)
          found.push({
            name: `get ${within}/{${textOf(property(first, 'idName'), module) ?? ''}}`,
            nodes: [first, callee],
          })
      }
    }
    const isRoute = callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    if (!isRoute || (callee.property as { name: string }).name !== 'openapi' || handler === undefined) return
    if (first?.type !== 'CallExpression') return
    const config = first.arguments[0] as Node
    const [method, path] = [textOf(property(config, 'method'), module), textOf(property(config, 'path'), module)]
    if (method !== undefined && path !== undefined)
      found.push({ name: `${method} ${base}${path}`, nodes: [config, handler] })
  })
  return found
}

function property(node: Node, name: string): Node | undefined {
  if (node.type !== 'ObjectExpression') return undefined
  for (const one of node.properties) {
    if (one.type !== 'Property' || one.key.type !== 'Identifier' || one.key.name !== name) continue
    return one.value
  }
  return undefined
}

/** A text as written, or put together from constants of the same file. */
function textOf(node: Node | undefined, module: Module): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'Identifier') {
    const constant = module.declared.get(node.name)
    return constant?.type === 'VariableDeclarator' && constant.init !== null ? textOf(constant.init, module) : undefined
  }
  if (node?.type !== 'TemplateLiteral') return undefined
  let text = ''
  for (const [index, quasi] of node.quasis.entries()) {
    const inserted = node.expressions[index]
    const part = inserted === undefined ? '' : textOf(inserted, module)
    if (part === undefined) return undefined
    text += quasi.value.raw + part
  }
  return text
}

/** The refusals for which the constraints of each table stand. */
function refusalsOfTables({ texts }: Repository): Map<string, readonly string[]> {
  const catalogue = texts.get('src/kernel/refusal-of-constraint.ts') ?? ''
  const listed = /const refusalOfConstraint[^{]*\{([^}]*)\}/.exec(catalogue)?.[1] ?? ''
  const constraints = [...listed.matchAll(/(\w+): '(\w+)'/g)].map(([, name = '', code = '']) => ({ name, code }))
  const tables = new Map<string, readonly string[]>()
  const schema = texts.get('db/schema.sql') ?? ''
  for (const [, table = '', block = ''] of schema.matchAll(
    /^create table (\w+) \(\n([\s\S]*?)\n(?=create table |\s*$)/gm,
  )) {
    const own = constraints.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(block)).map(({ code }) => code)
    tables.set(table, ['number_too_large', ...own, ...(refusedByTriggers[table] ?? [])])
  }
  return tables
}

/** The program that tells the API document, as `npm run refusals` writes it. */
export function routeRefusalProgram(repository: Repository): string {
  const rows = Object.entries(refusalsOfRoutes(repository)).map(([name, codes]) => {
    const line = `  '${name}': '${codes.join(' ')}',`
    return line.length <= LINE_WIDTH ? line : line.replace("': '", "':\n    '")
  })
  return [
    '// Written by `npm run refusals` from what the handler of each route can reach. Never edited by hand.',
    'export const refusalsOfRoutes: Readonly<Record<string, string>> = {',
    ...rows,
    '}',
    '',
  ].join('\n')
}
