import type { z } from 'zod'
import { Id } from '../contracts/basic.ts'
import { ItemGroup, ItemGroupChange, NewItemGroup, SavedItemGroup } from '../contracts/resources.ts'
import { addItemGroups, lockItemGroups, renameItemGroups } from '../modules/catalog/index.ts'
import { resultOf } from './amounts.ts'
import { body, changeHeaders, companyParams, json, newApi, route } from './api.ts'
import { command } from './command.ts'
import { refuseIfChanged } from './entity-tag.ts'
import { listRoute } from './list-route.ts'
import { readItemGroup } from './resource-routes.ts'

const groups = listRoute({
  path: 'item-groups',
  tag: 'Items',
  permission: 'catalog.write',
  summary: 'Add item groups',
  description: 'A group that exists is left as it is.',
  request: NewItemGroup,
  result: SavedItemGroup,
  perform: async (tx, requests) =>
    (await addItemGroups(tx, requests)).map(({ existing }) => ({ result: resultOf(existing) })),
})

const changes = newApi().openapi(
  route({
    method: 'patch',
    path: '/companies/{companyId}/item-groups/{itemGroupId}',
    tags: ['Items'],
    permission: 'catalog.write',
    summary: 'Rename an item group',
    request: {
      params: companyParams.extend({ itemGroupId: Id }),
      headers: changeHeaders,
      body: body(ItemGroupChange),
    },
    responses: { 200: json(ItemGroup, 'The group as it is now.') },
  }),
  async (c) =>
    await command(c, 200, async (tx) => {
      const { itemGroupId } = c.req.valid('param')
      await lockItemGroups(tx, [BigInt(itemGroupId)])
      refuseIfChanged(c, await readItemGroup(tx, itemGroupId))
      await renameItemGroups(tx, [{ ...c.req.valid('json'), id: BigInt(itemGroupId) }])
      return (await readItemGroup(tx, itemGroupId)) as z.infer<typeof ItemGroup>
    }),
)

export const itemGroupRoutes = newApi().route('/', groups).route('/', changes)
