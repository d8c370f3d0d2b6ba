import { posix } from 'node:path'
import { findNodes, type Rule } from './repository.ts'

/**
 * Who may import whom. Data flows one way: an edge calls a command, the command a posting rule, the rule the ledger. `src` is the layer of
 * the programs that wire everything.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ledger: ['kernel'],
  posting: ['ledger', 'kernel'],
  modules: ['posting', 'ledger', 'kernel'],
  reports: ['ledger', 'kernel'],
  backup: ['modules', 'ledger', 'kernel'],
  contracts: ['kernel'],
  imports: ['modules', 'contracts', 'kernel'],
  stories: ['modules', 'reports', 'ledger', 'kernel'],
  // What people see: the patterns know no area, and the areas know each other only by address. Neither knows the server but by its contracts.
  ui: ['clients', 'contracts', 'kernel'],
  admin: ['ui', 'clients', 'contracts', 'kernel'],
  clients: [],
  samples: ['imports', 'modules', 'ledger', 'kernel'],
  http: ['imports', 'samples', 'stories', 'reports', 'contracts', 'modules', 'posting', 'ledger', 'kernel'],
  jobs: ['imports', 'samples', 'stories', 'reports', 'contracts', 'modules', 'posting', 'ledger', 'kernel'],
  cli: ['backup', 'imports', 'samples', 'stories', 'reports', 'contracts', 'modules', 'posting', 'ledger', 'kernel'],
}

/** Which modules a module may call: only those that stand before it, so that no two call each other. */
const modules: Readonly<Record<string, readonly string[]>> = {
  budgets: [],
  identity: [],
  approvals: [],
  'bank-accounts': ['approvals'],
  catalog: [],
  parties: [],
  proofs: [],
  'sample-companies': [],
  intake: [],
  rates: [],
  tax: [],
  views: [],
  webhooks: [],
  inbox: ['approvals', 'catalog', 'tax'],
  structures: ['approvals', 'inbox'],
  company: ['catalog', 'tax'],
  receivables: ['approvals', 'parties', 'rates'],
  'gift-cards': ['receivables', 'tax'],
  'store-credit': ['parties', 'receivables', 'tax'],
  revaluation: ['rates'],
  payments: ['approvals', 'parties', 'rates', 'receivables', 'tax'],
  sales: ['catalog', 'gift-cards', 'inbox', 'parties', 'payments', 'rates', 'receivables', 'tax'],
  journal: [
    'approvals',
    'gift-cards',
    'inbox',
    'parties',
    'payments',
    'receivables',
    'sales',
    'store-credit',
    'structures',
    'tax',
  ],
  'second-person': ['approvals', 'bank-accounts', 'inbox', 'journal', 'payments', 'receivables', 'structures'],
}

const wiring = ['src/server.ts', 'src/cli.ts']

type Place = { layer: string; module: string | undefined }

function placeOf(path: string): Place | undefined {
  const [top, layer, module] = path.split('/')
  if (top === 'clients') return { layer: 'clients', module: undefined }
  if (top === 'web' && (layer === 'ui' || layer === 'admin')) return { layer, module: undefined }
  if (top !== 'src' || layer === undefined) return undefined
  if (layer.endsWith('.ts')) return { layer: 'src', module: undefined }
  return { layer, module: layer === 'modules' ? module : undefined }
}

/** Every import is one that the tables above allow. */
export const layerRule: Rule = (repository) =>
  findNodes(repository, /^(src|test|bench|tools|web)\//, (node, _within, { path }) => {
    if (!('source' in node) || node.source === null || typeof node.source !== 'object') return undefined
    const target = (node.source as { value?: unknown }).value
    if (typeof target !== 'string' || !target.startsWith('.')) return undefined
    const imported = posix.join(posix.dirname(path), target)
    if (!repository.programs.has(imported) && !(imported.endsWith('.css') && repository.texts.has(imported)))
      return `${imported} is imported and does not exist`
    if (imported.endsWith('.css')) return undefined
    return refusalOf(path, imported)
  })

function refusalOf(path: string, imported: string): string | undefined {
  const from = placeOf(path)
  const to = placeOf(imported)
  if (from === undefined) return undefined // tests, benches and tools may look at everything
  if (to === undefined) return `the product imports ${imported}, which is no part of it`
  if (from.layer === 'src') {
    return wiring.includes(path) ? undefined : `${path} stands beside the layers, where only ${wiring.join(', ')} do`
  }
  if (to.layer === 'src') return `${from.layer} imports ${imported}, which wires it`
  if (from.layer === to.layer) return from.module === to.module ? undefined : betweenModules(from, to, imported)
  const allowed = layers[from.layer]
  if (allowed === undefined) return `${from.layer} is a layer that the table of layers does not know`
  if (!allowed.includes(to.layer)) return `${from.layer} may not import ${to.layer} (${imported})`
  return to.layer === 'modules' ? throughIndex(imported) : undefined
}

function betweenModules(from: Place, to: Place, imported: string): string | undefined {
  if (from.module === undefined || to.module === undefined) return undefined
  const allowed = modules[from.module]
  if (allowed === undefined) return `${from.module} is a module that the list of modules does not know`
  if (!allowed.includes(to.module)) return `the module ${from.module} may not import the module ${to.module}`
  return throughIndex(imported)
}

const throughIndex = (imported: string): string | undefined =>
  imported.endsWith('/index.ts')
    ? undefined
    : `${imported} is inside a module, whose index.ts tells what others may use`

/** The list of modules has no circle: each stands after all that it calls. */
export function circlesOf(list: Readonly<Record<string, readonly string[]>> = modules): string[] {
  const known = new Set<string>()
  return Object.entries(list).flatMap(([name, called]) => {
    const early = called.filter((one) => !known.has(one))
    known.add(name)
    return early.map((one) => `${name} calls ${one}, which does not stand before it`)
  })
}
