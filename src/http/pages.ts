import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { hasOwner } from '../modules/identity/index.ts'
import { adminPage } from './admin.ts'
import { callerOf } from './callers.ts'
import type { Environment } from './workplace.ts'

/** Whoever looks at a page without having signed in is led to where they can; programs are told. */
const signedInFirst: MiddlewareHandler<Environment> = async (c, next) => {
  if (c.var.caller === undefined && c.req.header('accept')?.includes('text/html')) {
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`)
  }
  callerOf(c)
  await next()
}

/** Where the screens are that stood at other addresses of a company in earlier versions: people have kept them. */
const moved: Readonly<Record<string, string>> = {
  'trial-balance': 'reports/trial-balance',
  'profit-and-loss': 'reports/profit-and-loss',
  'balance-sheet': 'reports/balance-sheet',
  exceptions: 'inbox',
}

/**
 * The addresses that people open. Each is a screen of the admin application, which says itself what it does not know; the server decides
 * only who has to sign in first.
 */
export function addPages(app: OpenAPIHono<Environment>): void {
  app.get('/sign-in', async (c) => {
    if (c.var.caller !== undefined) return c.redirect('/')
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    return adminPage(c)
  })
  app.get('/setup', async (c) => ((await hasOwner(c.var.workplace.database)) ? c.redirect('/sign-in') : adminPage(c)))
  app.get('/join', adminPage)
  app.get('/reset', adminPage)
  for (const path of ['/', '/account', '/companies/*']) app.use(path, signedInFirst)
  app.get('/', async (c) => {
    const company = c.req.query('company') ?? ''
    return /^\d{1,18}$/.test(company) ? c.redirect(`/companies/${company}`) : await adminPage(c)
  })
  app.get('/account', adminPage)
  for (const [from, to] of Object.entries(moved)) {
    app.get(`/companies/:companyId{[0-9]+}/${from}`, (c) =>
      c.redirect(`/companies/${c.req.param('companyId')}/${to}${new URL(c.req.url).search}`),
    )
  }
  app.get('/companies/*', adminPage)
}
