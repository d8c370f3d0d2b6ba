import { createApp, type SiteParts } from '../../src/http/app.ts'
import {
  notForKeys,
  type Permission,
  type PermissionSet,
  permissionNames,
  permissionSets,
  permissions,
  type RoutePermission,
} from '../../src/kernel/permissions.ts'

export type RouteAsked = { method: string; path: string; permission: RoutePermission }

/** Every route of the API document with what it asks of whoever calls it. */
export function routesAsked(): RouteAsked[] {
  // Only the routes are looked at, which need nothing of a database.
  const parts = { identity: { origin: 'http://localhost' } } as unknown as SiteParts
  const document = createApp(parts).getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } })
  return Object.entries(document.paths ?? {})
    .flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { 'x-permission': RoutePermission }>).map(([method, operation]) => ({
        method,
        path,
        permission: operation['x-permission'],
      })),
    )
    .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
}

const sets = Object.keys(permissionSets) as PermissionSet[]

const holds = (set: PermissionSet, permission: Permission): boolean =>
  (permissionSets[set] as readonly Permission[]).includes(permission)

const isPermission = (asked: RoutePermission): asked is Permission => Object.hasOwn(permissions, asked)

const quoted = (name: string): string => `\`${name}\``

const heads = sets.map((set) => set.replace('_', ' '))
const rule = (columns: number): string => `|${'---|'.repeat(columns)}`

const everybody: Readonly<Record<Exclude<RoutePermission, Permission>, string>> = {
  public: 'anybody, also without signing in',
  signed_in: 'whoever signed in, and any key',
  session: 'whoever signed in, and no key',
  installation: 'the owner of the installation',
}

const routeRow = ({ method, path, permission }: RouteAsked): string => {
  const name = `| \`${method.toUpperCase()} ${path.replace('/api/v1', '')}\` | \`${permission}\` |`
  return isPermission(permission)
    ? `${name} ${sets.map((set) => (holds(set, permission) ? 'yes' : '')).join(' | ')} |`
    : ''
}

/** The page docs/permissions.md: permission sets, permissions and routes. */
export function permissionPage(): string {
  const routes = routesAsked()
  const asked = new Set(routes.map(({ permission }) => permission))
  const unasked = permissionNames.filter((name) => !asked.has(name))
  const others = routes.filter(({ permission }) => !isPermission(permission))
  return [
    '# Permissions',
    '',
    'Who may do what. This page is written from [src/kernel/permissions.ts](../src/kernel/permissions.ts) and the routes by `npm run refusals`, and a',
    'test compares them and tries every route with every set. A member of a company has one permission set there. The owner of the installation may',
    'do everything in every company. What a company does not concern a caller answers 404, what its members may not do 403.',
    '',
    `| permission | means | ${heads.join(' | ')} |`,
    rule(heads.length + 2),
    ...permissionNames.map(
      (name) =>
        `| \`${name}\` | ${permissions[name]} | ${sets.map((set) => (holds(set, name) ? 'yes' : '')).join(' | ')} |`,
    ),
    '',
    `An API key has some of its holder's permissions as scopes, and never ${notForKeys.map(quoted).join(' or ')}.`,
    ...(unasked.length === 0
      ? []
      : [`No route asks for ${unasked.map(quoted).join(', ')}: whoever has one can do nothing more by it.`]),
    '',
    '## Routes',
    '',
    `| route | asks | ${heads.join(' | ')} |`,
    rule(heads.length + 2),
    ...routes.map(routeRow).filter((row) => row !== ''),
    '',
    '## Routes that no permission set decides on',
    '',
    '| route | for |',
    '|---|---|',
    ...others.map(
      ({ method, path, permission }) =>
        `| \`${method.toUpperCase()} ${path.replace('/api/v1', '')}\` | ${everybody[permission as keyof typeof everybody]} |`,
    ),
    '',
  ].join('\n')
}
