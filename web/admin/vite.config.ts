import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
/** Where `npm run admin` finds the API while the pages are being changed. */
const server = process.env.COUNTINGHOUSE_SERVER ?? 'http://localhost:8080'

export default defineConfig({
  root: here('.'),
  publicDir: false,
  cacheDir: here('../../node_modules/.cache/vite'),
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: { proxy: { '/api': server, '/assets/icon.svg': server, '/assets/color-scheme.js': server } },
  build: {
    outDir: here('../../dist/admin'),
    emptyOutDir: true,
    // The policy of the pages allows no script that stands in the page, nor a picture that stands in the style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" is for renderers on servers.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  html: { cspNonce: '%NONCE%' },
})
