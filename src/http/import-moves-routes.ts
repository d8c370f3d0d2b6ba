import type { Context } from 'hono'
import { Id } from '../contracts/basic.ts'
import { AccountChoices, Import, ImportFiles, Recognition } from '../contracts/imports.ts'
import { recogniseFiles } from '../imports/index.ts'
import type { ImportAction, ImportRequest, UploadedFile } from '../modules/intake/index.ts'
import { type AccountChoice, chooseAccounts, moveImport } from '../modules/intake/index.ts'
import { body, companyParams, idempotencyHeader, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { importView } from './import-view.ts'
import type { Environment, Workplace } from './workplace.ts'

/** What uploaded files are. Refuses `upload_unknown`. */
export async function recogniseUploads(
  { uploads }: Workplace,
  companyId: bigint,
  files: readonly UploadedFile[],
): ReturnType<typeof recogniseFiles> {
  const { paths, release } = await uploads.gather(companyId, files)
  return await recogniseFiles(paths).finally(release)
}

const importParams = companyParams.extend({ importId: Id })

type MoveContext = Context<Environment, string, { out: { param: { companyId: string; importId: string } } }>

/** Moves an import from one state to another; what begins then runs beside the requests. */
async function moved(c: MoveContext, action: ImportAction) {
  const { workplace, companyId } = c.var
  const id = BigInt(c.req.valid('param').importId)
  const begun: ImportRequest[] = []
  const response = await command(c, 202, async (tx) => {
    const request = await moveImport(tx, id, action)
    begun.splice(0, begun.length, request)
    return await importView(tx, request)
  })
  // Only now is it committed; whoever has the claim of it goes on by itself, and a second start finds that.
  for (const request of action === 'check' || action === 'run' ? begun : []) workplace.imports.start(companyId, request)
  return response
}

const request = { params: importParams, headers: idempotencyHeader }

const moves = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/{importId}/check',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Check an import: a dry run',
      description:
        'Does the whole import and takes it back; nothing is written. Afterwards it is `ready`, and `check` says what it would do, with what needs a decision. What stops it stands in `problem`. It can be checked as often as you like.',
      request,
      responses: { 202: json(Import, 'The import, which is being checked.') },
    }),
    (c) => moved(c, 'check'),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/{importId}/run',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Run an import, or go on with it',
      description:
        'Of one that is ready, and of one that was paused or failed: it goes on where it stopped, since what is in the books already is left alone.',
      request,
      responses: { 202: json(Import, 'The import, which runs.') },
    }),
    (c) => moved(c, 'run'),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/{importId}/pause',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Pause an import',
      description: 'It stops with the batch that is under way, whichever server runs it. What it has posted stays.',
      request,
      responses: { 202: json(Import, 'The import, which is paused.') },
    }),
    (c) => moved(c, 'pause'),
  )
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/{importId}/cancel',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Cancel an import',
      description:
        'It stops with the batch that is under way and cannot go on. What it has posted stays, and `posted` says it.',
      request,
      responses: { 202: json(Import, 'The import, which is cancelled.') },
    }),
    (c) => moved(c, 'cancel'),
  )

const others = newApi()
  .openapi(
    route({
      method: 'post',
      path: '/companies/{companyId}/imports/recognitions',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Recognise the format of uploaded files',
      description: 'By their names and first rows: each file by itself, and all of them together.',
      request: { params: companyParams, body: body(ImportFiles) },
      responses: { 200: json(Recognition, 'What they are.') },
    }),
    async (c) => {
      const { files } = c.req.valid('json')
      const recognised = await recogniseUploads(c.var.workplace, c.var.companyId, files)
      const each = files.map((file, place) => ({
        ...file,
        ...(recognised.files[place] ?? { formats: [], message: '' }),
      }))
      return c.json({ ...recognised, files: each }, 200)
    },
  )
  .openapi(
    route({
      method: 'put',
      path: '/companies/{companyId}/imports/{importId}/accounts',
      tags: ['Imports'],
      permission: 'imports.run',
      summary: 'Say which accounts the accounts of an import are',
      description:
        'For files of journals, beside what their accounts.csv says: of this import alone. What was said of other accounts stays. One with a class is added where the chart lacks it, when the import runs.',
      request: { params: importParams, headers: idempotencyHeader, body: body(AccountChoices) },
      responses: { 200: json(Import, 'The import, which wants to be checked again.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const choices = c.req.valid('json').accounts as AccountChoice[]
        return await importView(tx, await chooseAccounts(tx, BigInt(c.req.valid('param').importId), choices))
      }),
  )

export const importMoveRoutes = others.route('/', moves)
