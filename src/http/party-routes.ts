import { z } from 'zod'
import { Id, rowsOf } from '../contracts/basic.ts'
import {
  Customer,
  CustomerChange,
  Item,
  ItemChange,
  NewCustomer,
  Party,
  SavedCustomer,
} from '../contracts/resources.ts'
import { readCompany } from '../kernel/database.ts'
import { changeItems, lockItems } from '../modules/catalog/index.ts'
import { addCustomers, changeCustomers, lockCustomers, partiesLike } from '../modules/parties/index.ts'
import { resultOf } from './amounts.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { listRoute } from './list-route.ts'
import { readCustomer, readItem } from './resource-routes.ts'

const customers = listRoute({
  path: 'customers',
  tag: 'Customers',
  permission: 'sales.write',
  summary: 'Add customers',
  description: 'One that is there and says the same is left as it is.',
  request: NewCustomer,
  result: SavedCustomer,
  perform: async (tx, requests) =>
    (await addCustomers(tx, requests)).map(({ id, existing }) => ({
      result: resultOf(existing),
      customerId: String(id),
    })),
})

const parties = newApi().openapi(
  route({
    method: 'get',
    path: '/companies/{companyId}/parties',
    tags: ['Customers'],
    permission: 'journal.read',
    summary: 'Find customers or suppliers by a few letters',
    description: 'Those whose number begins with them, or whose name holds them: in order of number, at most twenty.',
    request: {
      params: companyParams,
      query: z.object({ kind: z.enum(['customer', 'supplier']), letters: z.string().max(100).default('') }),
    },
    responses: { 200: json(rowsOf(Party), 'Those that there are.') },
  }),
  async (c) => {
    const { kind, letters } = c.req.valid('query')
    const asked = { kind, letters: letters.trim(), most: 20 }
    const found = await readCompany(c.var.workplace.database, c.var.companyId, (tx) => partiesLike(tx, asked))
    const rows = found.map(({ number, name, country }) => ({ kind, number, name, country }))
    return c.json({ rows }, 200)
  },
)

const changes = newApi()
  .openapi(
    route({
      method: 'patch',
      path: '/companies/{companyId}/customers/{customerId}',
      tags: ['Customers'],
      permission: 'sales.write',
      summary: 'Change a customer',
      request: {
        params: companyParams.extend({ customerId: Id }),
        headers: changeHeaders,
        body: body(CustomerChange),
      },
      responses: { 200: json(Customer, 'The customer as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const { customerId } = c.req.valid('param')
        await lockCustomers(tx, [BigInt(customerId)])
        refuseIfChanged(c, await readCustomer(tx, customerId))
        await changeCustomers(tx, [{ ...c.req.valid('json'), id: BigInt(customerId) }])
        return (await readCustomer(tx, customerId)) as z.infer<typeof Customer>
      }),
  )
  .openapi(
    route({
      method: 'patch',
      path: '/companies/{companyId}/items/{itemId}',
      tags: ['Items'],
      permission: 'catalog.write',
      summary: 'Change an item',
      request: { params: companyParams.extend({ itemId: Id }), headers: changeHeaders, body: body(ItemChange) },
      responses: { 200: json(Item, 'The item as it is now.') },
    }),
    async (c) =>
      await command(c, 200, async (tx) => {
        const { itemId } = c.req.valid('param')
        await lockItems(tx, [BigInt(itemId)])
        refuseIfChanged(c, await readItem(tx, itemId))
        await changeItems(tx, [{ ...c.req.valid('json'), id: BigInt(itemId) }])
        return (await readItem(tx, itemId)) as z.infer<typeof Item>
      }),
  )

export const partyRoutes = newApi().route('/', customers).route('/', parties).route('/', changes)
