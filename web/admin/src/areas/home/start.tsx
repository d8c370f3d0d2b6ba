import { IconArrowRight, IconBook2, IconFileImport, IconFileInvoice, IconPlugConnected } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Permission } from '../../../../../src/kernel/permissions.ts'
import { Go } from '../../../../ui/links.tsx'
import { useScreenAddress } from '../../../../ui/sources.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

type Way = {
  screen: string
  permission: Permission
  icon: ComponentType<{ size?: number; stroke?: number }>
  title: string
  text: string
}

const ways: readonly Way[] = [
  {
    screen: 'imports/new',
    permission: 'imports.run',
    icon: IconFileImport,
    title: t('startImport'),
    text: t('startImportText'),
  },
  {
    screen: 'documents/new',
    permission: 'sales.write',
    icon: IconFileInvoice,
    title: t('startInvoice'),
    text: t('startInvoiceText'),
  },
  {
    screen: 'journal/new',
    permission: 'journal.post',
    icon: IconBook2,
    title: t('startJournal'),
    text: t('startJournalText'),
  },
  {
    screen: 'settings/api-keys',
    permission: 'integrations.manage',
    icon: IconPlugConnected,
    title: t('startApi'),
    text: t('startApiText'),
  },
]

/** A company without any facts: how to begin, as far as there is a screen for it and the person may. */
export function Start() {
  const { company, may } = useWorkplace()
  const addressOf = useScreenAddress()
  const open = ways.flatMap((way) => {
    const address = may(way.permission) ? addressOf(way.screen) : undefined
    return address === undefined ? [] : [{ ...way, address }]
  })
  return (
    <div className={classes.start}>
      <h2>{t('startTitle', { company: company.name })}</h2>
      <p>{t(open.length === 0 ? 'forOthers' : 'startText')}</p>
      <ul>
        {open.map(({ screen, icon: Icon, title, text, address }) => (
          <li key={screen}>
            <Go to={address} className={classes.way}>
              <Icon size={20} stroke={1.6} />
              <span className={classes.wayWords}>
                <strong>{title}</strong>
                <span>{text}</span>
              </span>
              <IconArrowRight size={16} stroke={1.6} />
            </Go>
          </li>
        ))}
      </ul>
    </div>
  )
}
