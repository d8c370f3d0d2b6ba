import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Environment } from './workplace.ts'

const folder = new URL('../../web/', import.meta.url)

const assets = {
  'style.css': 'text/css; charset=utf-8',
  'color-scheme.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

/** The few files that pages load beside the application. A browser asks each time whether they changed, and mostly gets no more than a no. */
export function addAssets(app: OpenAPIHono<Environment>): void {
  for (const [name, type] of Object.entries(assets)) {
    app.get(`/assets/${name}`, async (c) => {
      const content = await readFile(new URL(name, folder))
      const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
      const headers = { etag, 'cache-control': 'no-cache', 'content-type': type }
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
      return c.body(content, 200, headers)
    })
  }
}
