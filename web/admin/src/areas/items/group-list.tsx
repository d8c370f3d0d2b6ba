import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ItemGroup } from '../../../../../clients/typescript/src/api.ts'
import { ListPage } from '../../../../ui/list-page.tsx'
import type { Column, Filter } from '../../../../ui/list-types.ts'
import { Count } from '../../../../ui/money.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { NewGroup, RenameGroup } from './group-dialogs.tsx'
import { t } from './texts.ts'

const columns: Column<ItemGroup>[] = [
  { id: 'code', header: t('code'), cell: ({ code }) => code, text: ({ code }) => code },
  { id: 'name', header: t('name'), cell: ({ name }) => name, text: ({ name }) => name },
  {
    id: 'items',
    header: t('itemsIn'),
    right: true,
    cell: ({ items }) => <Count of={items} />,
    text: ({ items }) => String(items),
  },
]

const filters: Filter[] = [{ name: 'like', label: t('like'), kind: 'text' }]

/** What items have in common: each leads to its items, and is renamed here. */
export function GroupList() {
  const { may } = useWorkplace()
  const to = useAddress()
  const [isAdding, setAdding] = useState(false)
  const [renaming, setRenaming] = useState<ItemGroup>()
  const add = may('catalog.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setAdding(true)}>
      {t('newGroup')}
    </Button>
  )
  const rename: Column<ItemGroup> = {
    id: 'rename',
    header: t('rename'),
    cell: (group) => (
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={t('renameTitle', { code: group.code })}
        onClick={(event) => {
          event.stopPropagation()
          setRenaming(group)
        }}
      >
        {t('rename')}
      </Button>
    ),
  }
  return (
    <>
      <ListPage
        name="item-groups"
        exports="item-groups"
        counting="listItemGroupsCount"
        title={t('groups')}
        operation="listItemGroups"
        columns={may('catalog.write') ? columns.toSpliced(2, 0, rename) : columns}
        filters={filters}
        keyOf={({ id }) => id}
        nameOf={({ code }) => code}
        leadsTo={({ code }) => to('items', { itemGroup: code })}
        actions={add}
        empty={{ title: t('noGroups'), text: t('noGroupsText'), action: add }}
      />
      {isAdding && <NewGroup onClose={() => setAdding(false)} />}
      {renaming && <RenameGroup of={renaming} onClose={() => setRenaming(undefined)} />}
    </>
  )
}
