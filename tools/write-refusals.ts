/**
 * `npm run refusals`: writes docs/refusals.md from the catalogue of refusals, and for the API document which of them each route can answer
 * with. Tests compare both with the code.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { refusalPage } from './docs/refusal-page.ts'
import { routeRefusalProgram } from './docs/route-refusals.ts'
import { readRepository } from './tidy/repository.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
writeFileSync(`${root}docs/refusals.md`, refusalPage())
writeFileSync(`${root}src/http/refusals-of-routes.ts`, routeRefusalProgram(readRepository(root)))
