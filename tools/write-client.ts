/** `npm run client`: writes the types and addresses of the TypeScript client from the API document. A test compares them. */
import { writeFileSync } from 'node:fs'
import { clientProgram, readApiDocument } from './docs/client-types.ts'

writeFileSync(new URL('../clients/typescript/src/api.ts', import.meta.url), clientProgram(await readApiDocument()))
