import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconX } from '@tabler/icons-react'
import {
  type ComponentType,
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  use,
  useCallback,
  useEffect,
  useMemo,
} from 'react'
import classes from './details.module.css'
import { useHotkeys } from './hotkeys.tsx'
import { GoButton, useGo } from './links.tsx'
import { useSearchState } from './search.ts'
import { LoadingRows } from './states.tsx'
import { t } from './texts.ts'
import { useAddress } from './workplace.tsx'

/** A kind of thing that has a screen of its own: shown in the drawer from anywhere, and as a page at `PATH/ID`. */
export type DetailKind = {
  load: () => Promise<ComponentType<{ id: string }>>
  /** Of its page, within the company: 'documents'. */
  path: string
}

const DetailsContext = createContext<Readonly<Record<string, DetailKind>>>({})
const InDrawer = createContext(false)

export const DetailsProvider = ({
  of,
  children,
}: {
  of: Readonly<Record<string, DetailKind>>
  children: ReactNode
}) => <DetailsContext value={of}>{children}</DetailsContext>

/** Opens a detail in the drawer: `open('document', '123')`. The address says so, and the way back closes it. */
export function useOpenDetail(): (kind: string, id: string) => void {
  const [, change] = useSearchState()
  return (kind, id) => change({ detail: `${kind}.${id}` })
}

/** The address at which a detail is a page. */
export function useDetailAddress(): (kind: string, id: string) => string {
  const details = use(DetailsContext)
  const to = useAddress()
  return useCallback((kind, id) => to(`${details[kind]?.path ?? kind}/${id}`), [details, to])
}

/** A link to a detail: opens it in the drawer, or in a new tab as a page where the reader asks for that. */
export function DetailLink({ kind, id, children }: { kind: string; id: string; children: ReactNode }) {
  const open = useOpenDetail()
  const addressOf = useDetailAddress()
  return (
    <a
      href={addressOf(kind, id)}
      className={classes.link}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        event.stopPropagation()
        open(kind, id)
      }}
    >
      {children}
    </a>
  )
}

/** What the address says is open, kind and id. */
export function useOpened(): { kind: string; id: string } | undefined {
  const [search] = useSearchState()
  const [, kind, id] = /^([\w-]+)\.(.+)$/.exec(search.detail ?? '') ?? []
  return useMemo(() => (kind === undefined || id === undefined ? undefined : { kind, id }), [kind, id])
}

/** The drawer on the right. Stands once, in the frame. */
export function DetailDrawer() {
  const details = use(DetailsContext)
  const opened = useOpened()
  const [, change] = useSearchState()
  const go = useGo()
  const addressOf = useDetailAddress()
  const components = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(details).map(([kind, { load }]) => [kind, lazy(async () => ({ default: await load() }))]),
      ),
    [details],
  )
  const Component = opened === undefined ? undefined : components[opened.kind]
  const close = () => change({ detail: undefined })
  useFocusReturn(Component !== undefined)
  useHotkeys([{ keys: 'Escape', label: t('keyClose'), group: t('hotkeysEverywhere'), run: close }])
  if (Component === undefined || opened === undefined) return null
  return (
    <aside className={classes.drawer} aria-label={t('detail')} data-no-print>
      <Group justify="flex-end" gap={4} className={classes.tools}>
        <Tooltip label={t('fullPage')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('fullPage')}
            onClick={() => void go(addressOf(opened.kind, opened.id))}
          >
            <IconArrowsMaximize size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={close}>
          <IconX size={18} stroke={1.6} />
        </ActionIcon>
      </Group>
      <InDrawer value={true}>
        <Suspense fallback={<LoadingRows />}>
          <Component key={`${opened.kind}.${opened.id}`} id={opened.id} />
        </Suspense>
      </InDrawer>
    </aside>
  )
}

/** Whoever closes the drawer from within is where they were before it opened. */
function useFocusReturn(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const before = document.activeElement
    return () => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body
      if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [isOpen])
}

type DetailProps = {
  title: ReactNode
  /** What kind of thing it is, above the title. */
  kind: string
  /** A word on its state, beside the title. */
  badge?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** The content of a detail, in the drawer and as a page: what it is, its facts, its parts. */
export function Detail({ title, kind, badge, actions, children }: DetailProps) {
  const inDrawer = use(InDrawer)
  const Heading = inDrawer ? 'h2' : 'h1'
  return (
    <article className={classes.detail} data-page={!inDrawer || undefined}>
      <header className={classes.head}>
        <p className={classes.kind}>{kind}</p>
        <Group gap="sm" align="center">
          <Heading className={classes.title}>{title}</Heading>
          {badge}
        </Group>
        {actions && (
          <Group gap="xs" mt="sm" data-no-print>
            {actions}
          </Group>
        )}
      </header>
      {children}
    </article>
  )
}

/** Leads from a detail to the form that changes it; `e` does too. */
export function EditButton({ to }: { to: string }) {
  const go = useGo()
  useHotkeys([{ keys: 'e', label: t('keyEdit'), group: t('hotkeysDetail'), run: () => void go(to) }])
  return (
    <GoButton size="xs" variant="default" to={to}>
      {t('edit')}
    </GoButton>
  )
}

/** Facts in two columns: a name, and what it is. Those without a value are left out. */
export const Facts = ({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className={classes.facts}>
    {of
      .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
      .map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may be the same, as of two payments by card, and their order stays
        <div key={`${place} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** A part of a detail under a heading. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  // Under the heading of the detail, whichever that is.
  const Heading = use(InDrawer) ? 'h3' : 'h2'
  return (
    <section className={classes.section}>
      <Group justify="space-between" mb={8}>
        <Heading className={classes.heading}>{title}</Heading>
        {aside}
      </Group>
      {children}
    </section>
  )
}
