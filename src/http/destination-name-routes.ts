import { z } from 'zod'
import { DestinationName, NewDestinationName } from '../contracts/mapping.ts'
import { pageOf } from '../contracts/resources.ts'
import { readCompany } from '../kernel/database.ts'
import { destinationNames, nameDestinations } from '../modules/tax/index.ts'
import { companyParams, json, newApi, route } from './api.ts'
import { listRoute } from './list-route.ts'
import { pageOfAll, shortPages } from './short-list.ts'

const reading = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/destination-names',
    tags: ['Tax'],
    permission: 'company.read',
    summary: 'List where destinations are that sources write in words of their own',
    request: { params: companyParams, query: z.object(shortPages) },
    responses: { 200: json(pageOf(DestinationName), 'The names.') },
  }),
  async (c) => {
    const names = await readCompany(c.var.workplace.database, c.var.companyId, destinationNames)
    const rows = [...names].map(([name, country]) => ({ name, country })).sort((a, b) => (a.name < b.name ? -1 : 1))
    return c.json(
      pageOfAll(rows, ({ name }) => name, c.req.valid('query')),
      200,
    )
  },
)

const naming = listRoute({
  path: 'destination-names',
  tag: 'Tax',
  permission: 'settings.write',
  summary: 'Say where destinations are',
  description:
    'For the files of later imports that write a destination in the same words; the last word counts, unless `from` says what it takes the place of. Nothing that was posted changes.',
  request: NewDestinationName,
  result: DestinationName,
  perform: async (tx, names) => {
    await nameDestinations(tx, names)
    return names.map(({ name, country }) => ({ name, country }))
  },
})

export const destinationNameRoutes = reading.route('/', naming)
