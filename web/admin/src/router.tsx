import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { parseSearch, writeSearch } from '../../ui/search-text.ts'
import { Failed, LoadingRows, NotFound } from '../../ui/states.tsx'
import { areas } from './areas.ts'
import { Company } from './shell/company.tsx'
import { DetailPage } from './shell/detail-page.tsx'
import { FirstScreen } from './shell/first-screen.tsx'
import { Permitted } from './shell/permitted.tsx'

const lazily = (load: () => Promise<ComponentType>) => lazyRouteComponent(async () => ({ default: await load() }))

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
const page = (path: string, load: () => Promise<ComponentType>) =>
  createRoute({ getParentRoute: () => root, path, component: lazily(load) })

const company = createRoute({ getParentRoute: () => root, path: '/companies/$companyId', component: Company })

const screens = areas.flatMap(({ screens, details = {} }) => [
  ...screens.map(({ path, permission, load, ahead }) =>
    createRoute({
      getParentRoute: () => company,
      path,
      loader: ({ params }) => void ahead?.((params as { companyId: string }).companyId),
      component: lazyRouteComponent(async () => {
        const Screen = await load()
        return {
          default: () => (
            <Permitted permission={permission}>
              <Screen />
            </Permitted>
          ),
        }
      }),
    }),
  ),
  ...Object.values(details).map(({ path, permission, load }) =>
    createRoute({
      getParentRoute: () => company,
      path: `${path}/$id`,
      component: lazyRouteComponent(async () => {
        const Content = await load()
        return {
          default: () => (
            <Permitted permission={permission}>
              <DetailPage of={Content} />
            </Permitted>
          ),
        }
      }),
    }),
  ),
])

const first = createRoute({ getParentRoute: () => company, path: '/', component: FirstScreen })

const doors = () => import('./areas/doors/doors.tsx')

const tree = root.addChildren([
  page('/', async () => (await import('./areas/companies/companies.tsx')).Companies),
  page('/companies/new', async () => (await import('./areas/companies/new-company.tsx')).NewCompany),
  page('/companies/$companyId/begin', async () => (await import('./areas/companies/begin.tsx')).Begin),
  page('/companies/$companyId/making', async () => (await import('./areas/companies/making.tsx')).Making),
  page('/account', async () => (await import('./areas/settings/account-page.tsx')).AccountPage),
  page('/sign-in', async () => (await doors()).SignIn),
  page('/setup', async () => (await doors()).Setup),
  page('/join', async () => (await doors()).Join),
  page('/reset', async () => (await doors()).Reset),
  company.addChildren([first, ...screens]),
])

/** Every address of the application. Its areas bring their own. */
export const router = createRouter({
  routeTree: tree,
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingRows,
  defaultErrorComponent: ({ error }) => <Failed error={error} />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})
