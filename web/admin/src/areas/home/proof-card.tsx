import { IconAlertTriangle, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import type { Home } from '../../../../../clients/typescript/src/api.ts'
import { ago } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useAddress } from '../../../../ui/workplace.tsx'
import { Card } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

/** Whether the books are proven, and the way to every check. */
export function ProofCard({ of }: { of: NonNullable<Home['proof']>['latest'] }) {
  const to = useAddress()
  const Icon = of === null ? IconShieldQuestion : of.ok ? IconShieldCheck : IconAlertTriangle
  return (
    <Card
      title={t('proof')}
      aside={
        <Go to={to('checks')} className={classes.more}>
          {t('allChecks')}
        </Go>
      }
    >
      <p className={classes.proof} data-state={of === null ? undefined : of.ok ? 'ok' : 'broken'}>
        <Icon size={18} stroke={1.7} aria-hidden />
        <span>{of === null ? t('notProven') : of.ok ? t('proven') : t('brokenText', { count: of.broken })}</span>
      </p>
      {of && (
        <p className={classes.none}>
          {`${t('provenText', { count: of.held })} · ${t('ranAgo', { ago: ago(of.ranAt, locale) })}`}
        </p>
      )}
    </Card>
  )
}
