import { ImportFormats, MOST_FILES } from '../contracts/imports.ts'
import { formatsInWords, importFileKinds } from '../imports/index.ts'
import { LARGEST_UPLOAD } from '../modules/intake/index.ts'
import { companyParams, json, newApi, route } from './api.ts'

export const importFormatRoutes = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/import-formats',
    tags: ['Imports'],
    permission: 'imports.read',
    summary: 'List the formats that can be imported',
    description: 'In words, with what a file may be: how large, how many, and what its name ends in.',
    request: { params: companyParams },
    responses: { 200: json(ImportFormats, 'What can be imported.') },
  }),
  (c) => {
    const endings = importFileKinds.map((kind) => `.${kind}`)
    return c.json({ rows: [...formatsInWords], largestFile: LARGEST_UPLOAD, mostFiles: MOST_FILES, endings }, 200)
  },
)
