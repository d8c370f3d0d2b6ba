/** Writes docs/permissions.md from the permission sets and the routes; `npm run refusals` runs it too. A test compares the page with them. */
import { writeFileSync } from 'node:fs'
import { permissionPage } from './docs/permission-page.ts'

writeFileSync(new URL('../docs/permissions.md', import.meta.url), permissionPage())
