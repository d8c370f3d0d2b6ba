import { Select } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Permission } from '../../../../../src/kernel/permissions.ts'
import { Go, useGo } from '../../../../ui/links.tsx'
import { Screen, useTitle } from '../../../../ui/screen.tsx'
import { useAddress, useWorkplace } from '../../../../ui/workplace.tsx'
import { legal } from './identity-texts.ts'
import classes from './settings.module.css'
import { t } from './texts.ts'

type Part = { path: string; label: string; permission: Permission }

const groups: readonly { title: string; parts: readonly Part[] }[] = [
  {
    title: t('groupCompany'),
    parts: [
      { path: 'settings', label: t('company'), permission: 'company.read' },
      { path: 'settings/identity', label: legal('identity'), permission: 'company.read' },
      { path: 'settings/tax-numbers', label: legal('taxNumbers'), permission: 'company.read' },
      { path: 'settings/accounts', label: t('accounts'), permission: 'company.read' },
      { path: 'settings/periods', label: t('periods'), permission: 'company.read' },
      { path: 'rates', label: t('rates'), permission: 'company.read' },
      { path: 'settings/bank-accounts', label: t('bankAccounts'), permission: 'company.read' },
    ],
  },
  {
    title: t('groupPeople'),
    parts: [
      { path: 'settings/people', label: t('people'), permission: 'people.read' },
      { path: 'settings/approval-rules', label: t('approvalRules'), permission: 'company.read' },
      { path: 'settings/duties', label: t('duties'), permission: 'exceptions.read' },
    ],
  },
  {
    title: t('groupPrograms'),
    parts: [
      { path: 'settings/api-keys', label: t('apiKeys'), permission: 'company.read' },
      { path: 'settings/webhooks', label: t('webhooks'), permission: 'integrations.manage' },
    ],
  },
  {
    title: t('groupSafety'),
    parts: [
      { path: 'settings/audit', label: t('audit'), permission: 'audit.read' },
      { path: 'settings/backup', label: t('backup'), permission: 'company.read' },
    ],
  },
  { title: t('groupYou'), parts: [{ path: 'settings/account', label: t('account'), permission: 'company.read' }] },
]

type FrameProps = { title: string; text?: string; actions?: ReactNode; padded?: boolean; children: ReactNode }

/** A part of the settings, with the list of all that somebody may see on its left; on a phone the list is a choice on top. */
export function SettingsFrame({ title, text, actions, padded = false, children }: FrameProps) {
  const { may } = useWorkplace()
  const to = useAddress()
  const go = useGo()
  const { pathname } = useLocation()
  const shown = groups
    .map((group) => ({ ...group, parts: group.parts.filter(({ permission }) => may(permission)) }))
    .filter(({ parts }) => parts.length > 0)
  return (
    <Screen title={t('title')}>
      <Titled title={title} />
      <div className={classes.choose}>
        <Select
          aria-label={t('part')}
          allowDeselect={false}
          data={shown.map((group) => ({
            group: group.title,
            items: group.parts.map(({ path, label }) => ({ value: to(path), label })),
          }))}
          value={pathname}
          onChange={(value) => value !== null && void go(value)}
        />
      </div>
      <div className={classes.columns}>
        <nav className={classes.nav} aria-label={t('title')}>
          {shown.map((group) => (
            <div key={group.title}>
              <h2>{group.title}</h2>
              <ul>
                {group.parts.map(({ path, label }) => (
                  <li key={path}>
                    <Go to={to(path)} exact>
                      {label}
                    </Go>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div>
          <div className={classes.head}>
            <div>
              <h2>{title}</h2>
              {text && <p>{text}</p>}
            </div>
            {actions}
          </div>
          {padded ? <div className={classes.body}>{children}</div> : children}
        </div>
      </div>
    </Screen>
  )
}

function Titled({ title }: { title: string }) {
  useTitle(`${title} · ${t('title')}`)
  return null
}

/** A part of a settings screen under a heading. */
export const Panel = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <section className={classes.panel}>
    <h3>{title}</h3>
    {text && <p>{text}</p>}
    {children}
  </section>
)
