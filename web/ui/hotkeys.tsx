import { Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import classes from './hotkeys.module.css'
import { t } from './texts.ts'

/**
 * A shortcut: one key ('j', '?', 'Enter'), two in a row ('g d'), or with the command key ('mod+Enter', which is Ctrl or Cmd). Those without
 * the command key are deaf while somebody types. `within`: only where that holds the focus, or no other form or dialog does.
 */
export type Hotkey = {
  keys: string
  label: string
  group: string
  within?: { readonly current: HTMLElement | null }
  run(event: KeyboardEvent): void
}

const registered = new Set<{ current: readonly Hotkey[] }>()
const listeners = new Set<() => void>()
let version = 0
const changed = () => {
  version += 1
  for (const listener of listeners) listener()
}

/** Registers shortcuts for as long as the component is there; they show in the overview. The latest of the same keys wins. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const entry = useRef(hotkeys)
  entry.current = hotkeys
  const signature = hotkeys.map(({ keys, label }) => `${keys} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the overview is drawn anew where the keys or their words change
  useEffect(() => {
    registered.add(entry)
    changed()
    return () => {
      registered.delete(entry)
      changed()
    }
  }, [signature])
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role=dialog][aria-modal=true]') !== null

const nameOf = (event: KeyboardEvent): string =>
  `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${event.key}`

/** Whether a shortcut of a form is meant: not the one behind a dialog, nor the one beside the form that is being filled in. */
function isMeant({ within }: Hotkey, target: EventTarget | null): boolean {
  if (within === undefined || !(target instanceof HTMLElement)) return true
  const own = within.current?.closest('[role=dialog]') ?? within.current
  return own?.contains(target) === true || target.closest('form, [role=dialog]') === null
}

const find = (keys: string, target: EventTarget | null): Hotkey | undefined =>
  [...registered]
    .reverse()
    .flatMap(({ current }) => current)
    .find((hotkey) => hotkey.keys === keys && isMeant(hotkey, target))

const startsSequence = (key: string): boolean =>
  [...registered].some(({ current }) => current.some(({ keys }) => keys.startsWith(`${key} `)))

const PATIENCE_MS = 1_200

/** Listens for the shortcuts of the whole application, and shows the overview of them with `?`. Stands once, in the frame. */
export function Hotkeys() {
  const [shown, setShown] = useState(false)
  useHotkeys([{ keys: '?', label: t('hotkeysHelp'), group: t('hotkeysEverywhere'), run: () => setShown(true) }])
  useEffect(() => {
    let first: string | undefined
    let forget: ReturnType<typeof setTimeout> | undefined
    const listen = (event: KeyboardEvent) => {
      const name = nameOf(event)
      const withCommand = name.startsWith('mod+')
      if (event.defaultPrevented || (!withCommand && (typing(event.target) || inDialog(event.target)))) return
      const keys = first === undefined ? name : `${first} ${name}`
      first = undefined
      clearTimeout(forget)
      const hotkey = find(keys, event.target) ?? find(name, event.target)
      if (hotkey !== undefined) {
        // A button that has the focus is pressed by Enter: that is its own.
        const onControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null
        if (name === 'Enter' && onControl) return
        event.preventDefault()
        hotkey.run(event)
      } else if (startsSequence(name)) {
        first = name
        forget = setTimeout(() => {
          first = undefined
        }, PATIENCE_MS)
      }
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return <Overview shown={shown} onClose={() => setShown(false)} />
}

function Overview({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => version,
  )
  const all = [...registered].flatMap(({ current }) => current)
  const groups = [...new Set(all.map(({ group }) => group))]
  return (
    <Modal
      opened={shown}
      onClose={onClose}
      title={t('hotkeys')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={classes.overview}>
        {groups.map((group) => (
          <Stack key={group} gap={6} className={classes.group}>
            <Text size="xs" fw={600} c="dimmed">
              {group}
            </Text>
            {[...new Map(all.filter((one) => one.group === group).map((one) => [one.keys, one])).values()].map(
              (one) => (
                <Group key={one.keys} justify="space-between" wrap="nowrap" gap="md">
                  <Text size="sm">{one.label}</Text>
                  <Keys of={one.keys} />
                </Group>
              ),
            )}
          </Stack>
        ))}
      </div>
    </Modal>
  )
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
const shown: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
}

/** Keys as they stand on the keyboard. */
export const Keys = ({ of }: { of: string }) => (
  <Group gap={4} wrap="nowrap">
    {of
      .split(/[ +]/)
      .filter((key) => key !== '')
      .map((key) => (
        <kbd key={key}>{shown[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
      ))}
  </Group>
)
