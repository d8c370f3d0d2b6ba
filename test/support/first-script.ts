import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The scripts that the page of the admin application names: all that is loaded before it shows anything. */
export const firstScripts = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\/assets\/(?!color-scheme)[\w-]+\.js)"/g)].map(([, path]) => path ?? '')

/** How many bytes they are as gzip packs them, in the build of a checkout. */
export function firstScriptBytes(root: string): number {
  const folder = join(root, 'dist/admin')
  const paths = firstScripts(readFileSync(join(folder, 'index.html'), 'utf8'))
  return paths.reduce((sum, path) => sum + readFileSync(join(folder, `${path}.gz`)).length, 0)
}
