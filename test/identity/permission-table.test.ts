import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  notForKeys,
  type Permission,
  type PermissionSet,
  permissionNames,
  permissionSets,
  permissions,
} from '../../src/kernel/permissions.ts'
import { permissionPage, type RouteAsked, routesAsked } from '../../tools/docs/permission-page.ts'
import { join, keyOf, nobody, type Person } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

const routes = routesAsked()
const sets = Object.keys(permissionSets) as PermissionSet[]

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
})
afterAll(() => site.close())

/** Asks a route for nothing sensible: whoever may not use it hears so before anything else is looked at. */
async function ask(person: Person, { method, path }: RouteAsked): Promise<number> {
  const address = path.replace('/api/v1/companies/{companyId}', company).replace(/\{\w+\}/g, '999999')
  const response =
    method === 'get' ? await person.get(address) : await person.send(method.toUpperCase(), address, { nonsense: true })
  await response.body?.cancel()
  return response.status
}

const ofCompanies = routes.filter(({ path }) => path.startsWith('/api/v1/companies/{companyId}'))
const holds = (set: PermissionSet, asked: RouteAsked['permission']): boolean =>
  asked === 'session' || asked === 'signed_in' || (permissionSets[set] as readonly string[]).includes(asked)

test('docs/permissions.md is the table of sets and routes; `npm run refusals` writes it anew', () => {
  const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')
  expect(page.split('\n')).toEqual(permissionPage().split('\n'))
})

test('every route of a company asks for a permission of it, or for a session', () => {
  expect(ofCompanies.length).toBeGreaterThan(50)
  const odd = ofCompanies.filter(({ permission }) => !(permission in permissions) && permission !== 'session')
  expect(odd).toEqual([])
})

test('whoever reads only, may only read', () => {
  const writing = routes.filter(({ method, permission }) => method !== 'get' && permission !== 'session')
  // A preview takes a rule as its body and writes nothing; proving the books changes nothing of them; how somebody looks at a list is their own.
  const posing = writing.filter(
    ({ permission, path }) =>
      holds('read_only', permission) && !/\/(preview|checks|seen|views|views\/\{viewId\})$/.test(path),
  )
  expect(posing).toEqual([])
})

test('the owner may do everything, and every permission is held by somebody else or is the owner’s alone on purpose', () => {
  expect([...permissionSets.owner]).toEqual(permissionNames)
  const others = new Set<Permission>(sets.filter((set) => set !== 'owner').flatMap((set) => [...permissionSets[set]]))
  expect(permissionNames.filter((name) => !others.has(name))).toEqual([
    'company.write',
    'integrations.manage',
    'people.manage',
  ])
})

test.each(sets)('%s may do what the table says, and nothing else', async (set) => {
  const person = await join(site, company, set)
  const wrong: string[] = []
  for (const route of ofCompanies) {
    const status = await ask(person, route)
    if (status === 401 || status === 500 || (status === 403) === holds(set, route.permission))
      wrong.push(`${route.method} ${route.path} (${route.permission}): ${status}`)
  }
  expect(wrong).toEqual([])
})

test('a key may do what its scopes say, and nothing else', async () => {
  const person = await join(site, company, 'accountant')
  const scopes: Permission[] = ['reports.read', 'sales.write', 'settings.write']
  const key = await keyOf(site, company, person, scopes)
  const wrong: string[] = []
  for (const route of ofCompanies) {
    const status = await ask(key, route)
    if (status === 401 || status === 500 || (status === 403) === (scopes as string[]).includes(route.permission))
      wrong.push(`${route.method} ${route.path} (${route.permission}): ${status}`)
  }
  expect(wrong).toEqual([])
  for (const scope of notForKeys) {
    const refused = await site.post(`${company}/api-keys`, { name: 'Too much', scopes: [scope], days: 1 })
    expect(refused.status).toBe(422)
  }
})

test('whoever has not signed in gets nowhere but where one signs in', async () => {
  for (const route of routes) {
    if (route.permission === 'public') continue
    expect(await ask(nobody(site), route), `${route.method} ${route.path}`).toBe(401)
  }
})

test('no set but the owner of the installation creates companies', async () => {
  const person = await join(site, company, 'owner')
  const refused = await person.post('/api/v1/companies', { name: 'Mine', country: 'GB', currency: 'GBP' })
  expect(refused.status).toBe(403)
})
