import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { RequestProblem } from './problem.ts'
import { pagePolicy } from './security.ts'
import type { Environment } from './workplace.ts'

// Beside `src` in a checkout and beside `dist/http` in an installed package, it is the same folder.
const folder = new URL('../../dist/admin/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** The files of the build have their content in their names: once loaded, a browser never asks for them again. */
export function addAdminAssets(app: OpenAPIHono<Environment>): void {
  app.get('/assets/:name', async (c) => {
    const name = c.req.param('name')
    const type = /^[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(name)?.[1] ?? ''
    if (types[type] === undefined) throw new RequestProblem('not_found', c.req.path)
    const headers = {
      'content-type': types[type],
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    }
    const accepted = c.req.header('accept-encoding') ?? ''
    for (const [encoding, ending] of encodings) {
      if (!new RegExp(`\\b${encoding}\\b`).test(accepted)) continue
      const packed = await contentOf(name + ending)
      if (packed !== undefined) return c.body(packed, 200, { ...headers, 'content-encoding': encoding })
    }
    const content = await contentOf(name)
    if (content === undefined) throw new RequestProblem('not_found', c.req.path)
    return c.body(content, 200, headers)
  })
}

async function contentOf(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(new URL(`assets/${name}`, folder)))
  } catch {
    return undefined
  }
}

/**
 * The one page of the admin application, for every address that it knows. Styles that it makes as it runs carry the nonce of this answer;
 * scripts come from files alone.
 */
export async function adminPage(c: Context<Environment>): Promise<Response> {
  const nonce = randomBytes(16).toString('base64url')
  const page = await readFile(new URL('index.html', folder), 'utf8')
  c.header('content-security-policy', pagePolicy(nonce))
  c.header('cache-control', 'no-cache')
  return c.html(page.replaceAll('%NONCE%', nonce))
}
