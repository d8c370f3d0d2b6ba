import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { hasOwner } from '../../modules/identity/index.ts'
import { adminPage } from '../admin.ts'
import { callerOf } from '../callers.ts'
import type { Environment } from '../workplace.ts'
import { accountPage } from './account-page.ts'

/** Whoever looks at a page without having signed in is led to where they can; programs are told. */
export const signedInFirst: MiddlewareHandler<Environment> = async (c, next) => {
  if (c.var.caller === undefined && c.req.header('accept')?.includes('text/html')) {
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`)
  }
  callerOf(c)
  await next()
}

/** The pages before the books: signing in, the first owner, invitations and new passwords; and one's own account. */
export function addIdentityPages(app: OpenAPIHono<Environment>): void {
  app.get('/sign-in', async (c) => {
    if (c.var.caller !== undefined) return c.redirect('/')
    if (!(await hasOwner(c.var.workplace.database))) return c.redirect('/setup')
    return adminPage(c)
  })
  app.get('/setup', async (c) => ((await hasOwner(c.var.workplace.database)) ? c.redirect('/sign-in') : adminPage(c)))
  app.get('/join', adminPage)
  app.get('/reset', adminPage)
  app.use('/account', signedInFirst)
  app.get('/account', accountPage)
}
