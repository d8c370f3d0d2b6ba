import { ActionIcon, Button, Checkbox, Menu, Popover, Select, Stack, TextInput } from '@mantine/core'
import { IconColumns3, IconFilterPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { DayInput } from './day-input.tsx'
import { writtenDay } from './figures.ts'
import classes from './list-filters.module.css'
import type { Column, Filter } from './list-types.ts'
import { locale } from './locale.ts'
import { useSearchState } from './search.ts'
import { t } from './texts.ts'

/** Among more options than these, people look by letters. */
const MOST_AT_A_GLANCE = 20

/** The filters of a list: the first stands there to be typed in, the others are added when they are wanted. */
export function Filters({ of }: { of: readonly Filter[] }) {
  const [search, change] = useSearchState()
  const [added, setAdded] = useState<string>()
  // The letters of a word are no steps of the way back.
  const set = (name: string, value: string | undefined) =>
    change(
      { [name]: value || undefined, after: undefined, page: undefined },
      { replace: Boolean(value) && search[name] !== undefined },
    )
  const [first, ...others] = of
  if (first === undefined) return null
  const shown = others.filter(({ name }) => search[name] !== undefined || name === added)
  const hidden = others.filter((filter) => !shown.includes(filter))
  return (
    <>
      <Field filter={first} value={search[first.name]} onChange={(value) => set(first.name, value)} />
      {shown.map((filter) => (
        <Chip
          key={filter.name}
          filter={filter}
          value={search[filter.name]}
          opened={filter.name === added}
          onChange={(value) => set(filter.name, value)}
          onGone={() => {
            setAdded(undefined)
            set(filter.name, undefined)
          }}
        />
      ))}
      {hidden.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" color="gray" size="xs" leftSection={<IconFilterPlus size={15} stroke={1.6} />}>
              {t('filterAdd')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.map(({ name, label }) => (
              <Menu.Item key={name} onClick={() => setAdded(name)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}

type FieldProps = {
  filter: Filter
  value: string | undefined
  onChange(value: string | undefined): void
  autoFocus?: boolean
}

const TYPED_MS = 250

function Field({ filter, value, onChange, autoFocus = false }: FieldProps) {
  const { label } = filter
  const [typed, setTyped] = useState(value ?? '')
  // What was sent from here comes back a moment later, and takes nothing away that was typed meanwhile.
  const sent = useRef<string[]>([])
  const send = (text: string) => {
    sent.current.push(text)
    onChange(text)
  }
  useEffect(() => {
    const at = sent.current.indexOf(value ?? '')
    if (at < 0) setTyped(value ?? '')
    sent.current = sent.current.slice(at + 1)
  }, [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the wait
  useEffect(() => {
    if (filter.kind !== 'text' || typed.trim() === (sent.current.at(-1) ?? value ?? '')) return
    const wait = setTimeout(() => send(typed.trim()), TYPED_MS)
    return () => clearTimeout(wait)
  }, [typed])
  const shared = { 'aria-label': label, placeholder: label, size: 'xs', className: classes.field, autoFocus } as const
  if (filter.kind === 'choice')
    return (
      <Select
        {...shared}
        data={[...filter.options]}
        searchable={filter.options.length > MOST_AT_A_GLANCE}
        value={value ?? null}
        onChange={(v) => onChange(v ?? undefined)}
        clearable
      />
    )
  if (filter.kind === 'day')
    return (
      <DayInput label={label} w={190} value={value ?? null} onChange={(day) => onChange(day ?? undefined)} clearable />
    )
  return (
    <TextInput
      {...shared}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && typed.trim() !== (value ?? '')) send(typed.trim())
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

function Chip({ filter, value, opened, onChange, onGone }: FieldProps & { opened: boolean; onGone: () => void }) {
  const [isOpen, setOpen] = useState(opened)
  const options = filter.kind === 'choice' ? filter.options : []
  const shown =
    value === undefined
      ? '…'
      : filter.kind === 'day'
        ? writtenDay(value, locale)
        : (options.find((option) => option.value === value)?.label ?? value)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      onDismiss={() => value === undefined && onGone()}
      trapFocus
    >
      <div className={classes.chip}>
        <Popover.Target>
          <button type="button" onClick={() => setOpen(!isOpen)}>
            <span className={classes.name}>{filter.label}</span> {shown}
          </button>
        </Popover.Target>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={t('filterRemove', { name: filter.label })}
          onClick={onGone}
        >
          <IconX size={12} />
        </ActionIcon>
      </div>
      <Popover.Dropdown p="xs">
        {options.length > 0 ? (
          <Stack gap={2}>
            {options.map((option) => (
              <Button
                key={option.value}
                size="xs"
                variant={option.value === value ? 'light' : 'subtle'}
                color={option.value === value ? undefined : 'gray'}
                justify="flex-start"
                onClick={() => {
                  onChange(option.value)
                  setOpen(false)
                }}
              >
                {option.label}
              </Button>
            ))}
          </Stack>
        ) : (
          <Field filter={filter} value={value} onChange={onChange} autoFocus />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

type ColumnsProps<Row> = {
  list: string
  of: readonly Column<Row>[]
  chosen: readonly Column<Row>[]
  onChoose(ids: readonly string[]): void
}

/** Which columns are shown; the first always is. */
export function Columns<Row>({ of, chosen, onChoose }: ColumnsProps<Row>) {
  const ids = chosen.map(({ id }) => id)
  return (
    <Popover position="bottom-end">
      <Popover.Target>
        <Button variant="subtle" color="gray" size="xs" leftSection={<IconColumns3 size={15} stroke={1.6} />}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {of.slice(1).map(({ id, header }) => (
            <Checkbox
              key={id}
              size="xs"
              label={header}
              checked={ids.includes(id)}
              onChange={() =>
                onChoose(of.map((one) => one.id).filter((one) => (one === id ? !ids.includes(id) : ids.includes(one))))
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
