import type { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import { Customer, CustomerChange, Item, ItemChange, NewCustomer, SavedCustomer } from '../contracts/resources.ts'
import { changeItems, lockItems } from '../modules/catalog/index.ts'
import { addCustomers, changeCustomers, lockCustomers } from '../modules/parties/index.ts'
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

export const partyRoutes = newApi().route('/', customers).route('/', changes)
