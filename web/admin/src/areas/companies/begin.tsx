import { Loader, UnstyledButton } from '@mantine/core'
import { IconBook2, IconBuildingStore, IconChevronRight, IconFileImport } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useRead } from '../../../../ui/api.ts'
import { Hotkeys } from '../../../../ui/hotkeys.tsx'
import { useGo } from '../../../../ui/links.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { Failed, LoadingRows } from '../../../../ui/states.tsx'
import { Door } from '../doors/door.tsx'
import classes from './companies.module.css'
import { t } from './texts.ts'
import { useSample } from './use-sample.ts'

/** A new company: how to begin with it. */
export function Begin() {
  const { companyId } = useParams({ strict: false }) as { companyId: string }
  const me = useRead('listMe', {})
  const company = useRead('getCompany', { path: { companyId } })
  const go = useGo()
  const sample = useSample()
  const error = me.error ?? company.error
  if (error) return <Failed error={error} retry={() => void Promise.all([me.refetch(), company.refetch()])} />
  if (me.data === undefined || company.data === undefined) return <LoadingRows />
  return (
    <Door title={t('beginTitle', { name: company.data.name })} text={t('beginText')}>
      <ul className={classes.ways}>
        <Way
          icon={IconFileImport}
          title={t('history')}
          text={t('historyText')}
          onChosen={() => void go(`/companies/${companyId}/imports/new`)}
        />
        {me.data.installationOwner && (
          <Way
            icon={IconBuildingStore}
            title={t('sample')}
            text={t('sampleText')}
            busy={sample.busy}
            onChosen={sample.begin}
          />
        )}
        <Way
          icon={IconBook2}
          title={t('empty')}
          text={t('emptyText')}
          onChosen={() => void go(`/companies/${companyId}`)}
        />
      </ul>
      {sample.problem && <Problem error={sample.problem} />}
      <Hotkeys />
    </Door>
  )
}

type WayProps = {
  icon: ComponentType<{ size?: number; stroke?: number }>
  title: string
  text: string
  busy?: boolean
  onChosen(): void
}

const Way = ({ icon: Icon, title, text, busy = false, onChosen }: WayProps) => (
  <li>
    <UnstyledButton className={classes.way} disabled={busy} onClick={onChosen}>
      <Icon size={22} stroke={1.4} />
      <span className={classes.wayWords}>
        <span className={classes.name}>{title}</span>
        <span className={classes.wayText}>{text}</span>
      </span>
      {busy ? <Loader size={16} /> : <IconChevronRight size={16} stroke={1.6} aria-hidden />}
    </UnstyledButton>
  </li>
)
