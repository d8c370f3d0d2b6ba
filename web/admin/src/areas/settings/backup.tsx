import { Code } from '@mantine/core'
import { today } from '../../../../ui/days.ts'
import { useWorkplace } from '../../../../ui/workplace.tsx'
import { Panel, SettingsFrame } from './frame.tsx'
import classes from './settings.module.css'
import { t } from './texts.ts'

/** How the operator backs the books up, with the exact commands. */
export function Backup() {
  const { company } = useWorkplace()
  const day = today(company.timeZone)
  const whole = `countinghouse backup books-${day}.backup`
  const one = `countinghouse backup company-${company.id}-${day}.backup --company ${company.id}`
  const restore = `countinghouse restore company-${company.id}-${day}.backup --as "${company.name} ${day}"`
  return (
    <SettingsFrame title={t('backup')} text={t('backupText')} padded>
      <Panel title={t('backupOne')} text={t('backupOneText')}>
        <Code block className={classes.command}>
          {one}
        </Code>
      </Panel>
      <Panel title={t('backupWhole')} text={t('backupWholeText')}>
        <Code block className={classes.command}>
          {whole}
        </Code>
      </Panel>
      <Panel title={t('restore')} text={t('restoreText')}>
        <Code block className={classes.command}>
          {restore}
        </Code>
      </Panel>
    </SettingsFrame>
  )
}
