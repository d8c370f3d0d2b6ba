import { siteSettings } from '../kernel/site-settings.ts'
import { UsageError } from './command.ts'

/** Where the server is, as people reach it: a link needs to know. */
export function siteOrigin(): string {
  const site = siteSettings(process.env)
  if (typeof site === 'string') throw new UsageError(site)
  return site.origin ?? `http://localhost:${process.env.PORT || 8080}`
}
