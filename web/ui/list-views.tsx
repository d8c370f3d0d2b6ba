import { Button, Menu, Modal, Switch, TextInput } from '@mantine/core'
import { IconBookmark, IconBookmarkFilled, IconCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { View, ViewChange } from '../../clients/typescript/src/api.ts'
import { api, ProblemError, useChange } from './api.ts'
import { Conflict } from './conflict.tsx'
import { DialogForm } from './dialog-form.tsx'
import { useHotkeys } from './hotkeys.tsx'
import classes from './list-page.module.css'
import type { Column, Filter } from './list-types.ts'
import { noteProblem } from './problem.tsx'
import { t } from './texts.ts'
import { type ListViews, wordsOfQuery } from './view-state.ts'
import { useCompanyPath, useWorkplace } from './workplace.tsx'

type ViewsProps = {
  area: string
  views: ListViews
  filters: readonly Filter[]
  columns: readonly Column<never>[]
}

/** What is asked in a dialog, about which view. */
type Asking = { what: 'save' } | { what: 'edit'; view: View } | { what: 'remove'; view: View } | Overtaken
/** Somebody else changed the view after it was listed here. */
type Overtaken = { what: 'conflict'; view: View; now: View; change: ViewChange }

/** The saved views of a list: to be taken, saved, changed, shared, begun with, and removed. `v` opens them. */
export function SavedViews({ area, views, filters, columns }: ViewsProps) {
  const target = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  const [asking, setAsking] = useState<Asking>()
  const change = useViewChange(setAsking)
  const { chosen, isChanged } = views
  const Icon = chosen === undefined ? IconBookmark : IconBookmarkFilled
  useHotkeys([{ keys: 'v', label: t('views'), group: t('hotkeysList'), run: () => setOpened(true) }])
  const name = chosen === undefined ? t('views') : isChanged ? t('viewChanged', { name: chosen.name }) : chosen.name
  return (
    <>
      <Menu position="bottom-end" width={260} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button
            ref={target}
            variant="subtle"
            color={chosen === undefined ? 'gray' : undefined}
            size="xs"
            leftSection={<Icon size={15} stroke={1.6} />}
            classNames={{ label: classes.viewName }}
          >
            {name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Choices views={views} />
          <Menu.Divider />
          <Menu.Item onClick={() => setAsking({ what: 'save' })}>{t('viewSave')}</Menu.Item>
          {chosen && <Doings view={chosen} views={views} change={change} ask={setAsking} />}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Dialog
          {...{ area, views, filters, columns, asking, change }}
          onClose={() => {
            setAsking(undefined)
            target.current?.focus()
          }}
        />
      )}
    </>
  )
}

function Choices({ views: { all, chosen, choose } }: { views: ListViews }) {
  const own = all.filter(({ mine }) => mine)
  const others = all.filter(({ mine }) => !mine)
  const item = (view: View) => (
    <Menu.Item
      key={view.id}
      onClick={() => choose(view)}
      leftSection={view.id === chosen?.id ? <IconCheck size={14} /> : <span className={classes.noMark} />}
      rightSection={view.isDefault && <span className={classes.viewNote}>{t('viewIsDefault')}</span>}
    >
      {view.name}
    </Menu.Item>
  )
  return (
    <>
      <Menu.Item
        onClick={() => choose(undefined)}
        leftSection={chosen === undefined ? <IconCheck size={14} /> : <span className={classes.noMark} />}
      >
        {t('viewNone')}
      </Menu.Item>
      {own.map(item)}
      {others.length > 0 && <Menu.Label>{t('viewsOfOthers')}</Menu.Label>}
      {others.map(item)}
    </>
  )
}

type DoingsProps = { view: View; views: ListViews; change: Changing; ask(asking: Asking): void }

function Doings({ view, views: { isChanged, now }, change, ask }: DoingsProps) {
  const { may } = useWorkplace()
  const isOwn = view.mine || may('settings.write')
  return (
    <>
      {isChanged && isOwn && (
        <Menu.Item onClick={() => void attempt(change(view, now))}>
          {t('viewSaveChanges', { name: view.name })}
        </Menu.Item>
      )}
      <Menu.Item onClick={() => void attempt(change(view, { isDefault: !view.isDefault }))}>
        {view.isDefault ? t('viewNotDefault') : t('viewDefault')}
      </Menu.Item>
      {isOwn && <Menu.Item onClick={() => ask({ what: 'edit', view })}>{t('viewEdit')}</Menu.Item>}
      {isOwn && (
        <Menu.Item color="red" onClick={() => ask({ what: 'remove', view })}>
          {t('viewRemove')}
        </Menu.Item>
      )}
    </>
  )
}

/** True where both versions are shown in place of the change. */
type Changing = (view: View, change: ViewChange, over?: View) => Promise<boolean>

const saidBy = ({ name, query, columns, shared }: View): string => JSON.stringify([name, query, columns, shared])

/** Changes a view, unless somebody else has since it was listed: then both are shown. `over`: what of theirs may be lost. */
function useViewChange(ask: (asking: Asking) => void): Changing {
  const path = useCompanyPath()
  const client = useQueryClient()
  const { mutateAsync } = useChange('changeView', { forgets: ['listViews'] })
  return async (view, change, over = view) => {
    const at = { ...path, viewId: view.id }
    const now = await api.read('getView', { path: at })
    // With which view one begins is one's own.
    const isOwn = Object.keys(change).every((name) => name === 'isDefault')
    if (!isOwn && saidBy(now.result) !== saidBy(over)) {
      ask({ what: 'conflict', view, now: now.result, change })
      return true
    }
    try {
      await mutateAsync({ path: at, body: change, ...(now.tag && !isOwn ? { ifMatch: now.tag } : {}) })
      return false
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'changed_meanwhile') throw error
      const { result } = await api.read('getView', { path: at })
      ask({ what: 'conflict', view, now: result, change })
      return true
    } finally {
      await client.invalidateQueries({ queryKey: ['listViews'] })
    }
  }
}

/** What is done without a dialog says in a note why it could not be. */
async function attempt(doing: Promise<unknown>): Promise<void> {
  try {
    await doing
  } catch (error) {
    noteProblem(error)
  }
}

type DialogProps = ViewsProps & { asking: Asking; change: Changing; onClose(): void }

function Dialog(props: DialogProps) {
  const { asking } = props
  if (asking.what === 'save') return <SaveView {...props} />
  if (asking.what === 'conflict') return <ChangedMeanwhile {...props} asking={asking} />
  return asking.what === 'edit' ? (
    <EditView {...props} view={asking.view} />
  ) : (
    <RemoveView {...props} view={asking.view} />
  )
}

type Fields = Pick<View, 'name' | 'shared'>

function useViewFields({ name, shared }: Fields) {
  const [values, setValues] = useState<Fields>({ name, shared })
  return { values, onChange: (some: Partial<Fields>) => setValues({ ...values, ...some }) }
}

/** What a view is called, and who sees it. */
const ViewFields = ({ values, onChange, text }: ReturnType<typeof useViewFields> & { text?: string }) => (
  <>
    <TextInput
      label={t('viewName')}
      description={text}
      value={values.name}
      data-autofocus
      onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
    />
    <Switch
      label={t('viewShared')}
      checked={values.shared}
      onChange={({ currentTarget }) => onChange({ shared: currentTarget.checked })}
    />
  </>
)

function SaveView({ area, views, filters, columns, onClose }: DialogProps) {
  const path = useCompanyPath()
  const save = useChange('createViews', { forgets: ['listViews'] })
  const fields = useViewFields({ name: '', shared: false })
  const { name, shared } = fields.values
  const [isDefault, setDefault] = useState(false)
  const words = wordsOfQuery(views.now.query, filters, columns)
  return (
    <DialogForm
      title={t('viewSaveTitle')}
      submit={t('save')}
      ready={name.trim() !== ''}
      onClose={onClose}
      work={async () => {
        const view = { area, name: name.trim(), shared, isDefault, ...views.now }
        const answer = await save.mutateAsync({ path, body: { requests: [view] } })
        const [saved] = answer.results as View[]
        if (saved !== undefined) views.choose(saved)
      }}
    >
      <ViewFields {...fields} text={words === '' ? t('viewOfAll') : words} />
      <Switch
        label={t('viewDefault')}
        checked={isDefault}
        onChange={({ currentTarget }) => setDefault(currentTarget.checked)}
      />
    </DialogForm>
  )
}

function EditView({ view, change, onClose }: DialogProps & { view: View }) {
  const fields = useViewFields(view)
  const { name, shared } = fields.values
  return (
    <DialogForm
      title={t('viewEditTitle')}
      submit={t('save')}
      ready={name.trim() !== ''}
      onClose={onClose}
      work={() => change(view, { name: name.trim(), shared })}
    >
      <ViewFields {...fields} />
    </DialogForm>
  )
}

function RemoveView({ view, views, onClose }: DialogProps & { view: View }) {
  const path = useCompanyPath()
  const remove = useChange('removeView', { forgets: ['listViews'] })
  return (
    <DialogForm
      title={t('viewRemoveTitle', { name: view.name })}
      submit={t('viewRemove')}
      danger
      onClose={onClose}
      work={async () => {
        await remove.mutateAsync({ path: { ...path, viewId: view.id } })
        views.choose(undefined)
      }}
    >
      {view.shared ? t('viewRemoveShared') : t('viewRemoveOwn')}
    </DialogForm>
  )
}

function ChangedMeanwhile({ asking, change, filters, columns, views, onClose }: DialogProps & { asking: Overtaken }) {
  const { view, now } = asking
  const wordsIn = ({ name, query, columns: shown = [], shared }: ViewChange) => ({
    name,
    query: wordsOfQuery(query ?? '', filters, columns),
    columns: columns.flatMap(({ id, header }) => (shown.includes(id) ? [header] : [])).join(', '),
    shared: t(shared ? 'yes' : 'no'),
  })
  return (
    <Modal opened onClose={onClose} title={view.name} closeButtonProps={{ 'aria-label': t('close') }} size="lg">
      <Conflict
        mine={wordsIn({ ...now, ...asking.change })}
        now={wordsIn(now)}
        labels={{
          name: t('viewName'),
          query: t('viewQuery'),
          columns: t('columns'),
          shared: t('viewShared'),
        }}
        takeTheirs={() => {
          onClose()
          views.choose(now)
        }}
        keepMine={() => {
          onClose()
          void attempt(change(view, asking.change, now))
        }}
      />
    </Modal>
  )
}
