import type { Database } from '../kernel/database.ts'
import { siteSettings } from '../kernel/site-settings.ts'
import { keptOrigin } from '../modules/identity/index.ts'
import { UsageError } from './command.ts'

/**
 * Where the server is, as people reach it: a link needs to know. What this command's own environment says, or else where the server was last
 * started, or else where it would be. Refuses settings that are wrong before anything is done.
 */
export function siteOrigin(): (database: Database) => Promise<string> {
  const site = siteSettings(process.env)
  if (typeof site === 'string') throw new UsageError(site)
  const usual = `http://localhost:${process.env.PORT || 8080}`
  return async (database) => site.origin ?? (await keptOrigin(database)) ?? usual
}
