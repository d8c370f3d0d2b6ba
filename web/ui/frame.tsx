import { ActionIcon, Burger, Drawer, Group, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconCheck,
  IconChevronDown,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSelector,
  IconSun,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import classes from './frame.module.css'
import { Keys, useHotkeys } from './hotkeys.tsx'
import { useGo } from './links.tsx'
import { openPalette } from './palette.tsx'
import { Busy, OfflineBanner } from './states.tsx'
import { t } from './texts.ts'
import { useAddress, useWorkplace } from './workplace.tsx'

export type RailEntry = {
  id: string
  label: string
  icon: ComponentType<{ size?: number; stroke?: number }>
  /** Within the company; '' is its first screen. */
  path: string
  /** The letter after `g`. */
  key: string
  badge?: number
}

type FrameProps = {
  rail: readonly RailEntry[]
  /** What stands in the bar on the right, before the person: the light of the proofs. */
  light: ReactNode
  /** In the menu of the person. */
  personal: ReactNode
  onSignOut(): void
  children: ReactNode
}

/** The quiet frame around every screen of a company: areas on the left, company and search on top. */
export function Frame({ rail, light, personal, onSignOut, children }: FrameProps) {
  const [opened, menu] = useDisclosure(false)
  const go = useGo()
  const to = useAddress()
  useHotkeys([
    ...rail.map(({ key, label, path }) => ({
      keys: `g ${key}`,
      label,
      group: t('hotkeysGo'),
      run: () => void go(to(path)),
    })),
    { keys: '[', label: t('keyBack'), group: t('hotkeysEverywhere'), run: () => window.history.back() },
    { keys: 'Backspace', label: t('keyBack'), group: t('hotkeysEverywhere'), run: () => window.history.back() },
  ])
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <nav className={classes.rail} aria-label={t('areas')} data-no-print>
        <Brand />
        <Rail of={rail} onChosen={menu.close} />
      </nav>
      <Drawer
        opened={opened}
        onClose={menu.close}
        size={264}
        title={<Brand />}
        hiddenFrom="sm"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <nav aria-label={t('areas')}>
          <Rail of={rail} onChosen={menu.close} large />
        </nav>
      </Drawer>
      <header className={classes.bar} data-no-print>
        <Group gap={8} wrap="nowrap" className={classes.left}>
          <Burger size="sm" opened={opened} onClick={menu.toggle} hiddenFrom="sm" aria-label={t('menu')} />
          <CompanySwitcher />
        </Group>
        <Group gap={8} wrap="nowrap">
          <SearchButton />
          {light}
          <PersonMenu personal={personal} onSignOut={onSignOut} />
        </Group>
        <Busy />
      </header>
      <main id="content" className={classes.content} tabIndex={-1}>
        <OfflineBanner />
        {children}
      </main>
    </div>
  )
}

export const Brand = () => (
  <span className={classes.brand}>
    <img src="/assets/icon.svg" alt="" width={20} height={20} />
    {t('brand')}
  </span>
)

function Rail({ of, onChosen, large = false }: { of: readonly RailEntry[]; onChosen: () => void; large?: boolean }) {
  const to = useAddress()
  return (
    <div className={classes.areas} data-large={large || undefined}>
      {of.map(({ id, label, icon: Icon, path, badge = 0 }) => (
        <Link
          key={id}
          to={to(path) as never}
          className={classes.area}
          activeOptions={{ exact: path === '', includeSearch: false }}
          activeProps={{ 'data-active': true, 'aria-current': 'page' } as never}
          onClick={onChosen}
        >
          <Icon size={17} stroke={1.6} />
          <span className={classes.label}>{label}</span>
          {badge > 0 && <span className={classes.badge}>{badge > 99 ? '99+' : badge}</span>}
        </Link>
      ))}
    </div>
  )
}

function CompanySwitcher() {
  const { companies, company, me } = useWorkplace()
  const go = useGo()
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.company} aria-label={`${t('company')}: ${company.name}`}>
          <span className={classes.companyName}>{company.name}</span>
          <IconSelector size={14} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {companies.map(({ id, name, baseCurrency }) => (
          <Menu.Item
            key={id}
            onClick={() => void go(`/companies/${id}`)}
            rightSection={
              id === company.id ? <IconCheck size={14} /> : <span className={classes.hint}>{baseCurrency}</span>
            }
          >
            {name}
          </Menu.Item>
        ))}
        {me.installationOwner && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void go('/companies/new')}>{t('newCompany')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

const SearchButton = () => (
  <>
    <UnstyledButton className={classes.search} onClick={openPalette} visibleFrom="sm">
      <IconSearch size={15} stroke={1.6} aria-hidden />
      <span>{t('search')}</span>
      <Keys of="mod+K" />
    </UnstyledButton>
    <ActionIcon variant="subtle" color="gray" size={44} onClick={openPalette} hiddenFrom="sm" aria-label={t('search')}>
      <IconSearch size={19} stroke={1.6} />
    </ActionIcon>
  </>
)

function PersonMenu({ personal, onSignOut }: { personal: ReactNode; onSignOut: () => void }) {
  const { me } = useWorkplace()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const dark =
    colorScheme === 'dark' || (colorScheme === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.person} aria-label={me.name}>
          <span className={classes.initial} aria-hidden>
            {me.name.slice(0, 1).toUpperCase()}
          </span>
          <IconChevronDown size={13} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        {personal}
        <Menu.Item
          leftSection={dark ? <IconSun size={15} stroke={1.6} /> : <IconMoon size={15} stroke={1.6} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? t('lightMode') : t('darkMode')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={15} stroke={1.6} />}
          onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
        >
          {t('hotkeys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} stroke={1.6} />} onClick={onSignOut}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
