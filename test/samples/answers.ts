import type { Site } from '../support/site.ts'

type Parameter = {
  name: string
  in: string
  required?: boolean
  schema: { items?: { enum?: string[] }; anyOf?: Parameter['schema'][]; enum?: string[] }
}
type ApiDocument = { paths: Record<string, { get?: { parameters?: Parameter[] } }> }
type Row = Readonly<Record<string, unknown>>

/**
 * Reads all that a company's API can be asked for: each list, and of its rows the first and one of every kind and state by itself, with all that
 * can be expanded. The site compares each answer with its document. Returns the addresses that answered.
 */
export async function readEverything(site: Site, companyId: bigint): Promise<string[]> {
  const document = (await (await site.get('/api/openapi.json')).json()) as ApiDocument
  const read: string[] = []
  const rowsOf = new Map<string, readonly Row[]>()
  const ask = async (path: string): Promise<{ rows?: readonly Row[] }> => {
    const response = await site.get(path)
    // What wants more than it was asked with is refused; nothing may fail.
    if (response.status >= 500) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    if (!response.ok) return {}
    read.push(path)
    if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as { rows?: Row[] }
    await response.body?.cancel()
    return {}
  }
  const ofCompany = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/companies/{companyId}/'))
  for (const [form, { get }] of ofCompany) {
    const path = form.replace('{companyId}', String(companyId))
    if (get === undefined || path.includes('{')) continue
    const pages = (get.parameters ?? []).some(({ name }) => name === 'limit') ? '?limit=500' : ''
    rowsOf.set(path, (await ask(path + pages)).rows ?? [])
  }
  for (const [form, { get }] of ofCompany) {
    const path = form.replace('{companyId}', String(companyId))
    const [, list = '', name = '', rest = ''] = /^(.*?)\/\{(\w+)\}(.*)$/.exec(path) ?? []
    if (get === undefined || name === '' || rest.includes('{')) continue
    const all = (get.parameters ?? []).find(({ name }) => name === 'expand[]')
    const expanded = [...new Set(choicesOf(all?.schema))].map((name) => `expand[]=${name}`).join('&')
    for (const row of different(rowsOf.get(list) ?? [])) {
      const one = row[name] ?? row.id
      if (typeof one === 'string') await ask(`${list}/${encodeURIComponent(one)}${rest}?${expanded}`)
    }
  }
  return read
}

const choicesOf = (schema: Parameter['schema'] | undefined): string[] =>
  schema === undefined
    ? []
    : [
        ...(schema.enum ?? []),
        ...choicesOf(schema.items as Parameter['schema']),
        ...(schema.anyOf ?? []).flatMap(choicesOf),
      ]

/** The first rows, and one of every kind and state. */
function different(rows: readonly Row[]): readonly Row[] {
  const kinds = new Map(rows.map((row) => [JSON.stringify([row.kind, row.state, row.rule, row.settlement]), row]))
  return [...new Set([...rows.slice(0, 2), ...kinds.values()])]
}
