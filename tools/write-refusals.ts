/** `npm run refusals`: writes docs/refusals.md from the catalogue of refusals. A test compares the page with it. */
import { writeFileSync } from 'node:fs'
import { refusalPage } from './docs/refusal-page.ts'

writeFileSync(new URL('../docs/refusals.md', import.meta.url), refusalPage())
