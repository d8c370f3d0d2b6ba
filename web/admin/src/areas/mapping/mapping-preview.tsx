import { Button, Group, Loader } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type {
  AppliedMapping,
  ApprovalRequest,
  MappingPreview as Found,
  NewMappingRule,
} from '../../../../../clients/typescript/src/api.ts'
import { api, useChange } from '../../../../ui/api.ts'
import { DetailLink } from '../../../../ui/details.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Count, Day } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { type ReportRow, ReportTable } from '../../../../ui/report-table.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { t } from './texts.ts'

type PreviewProps = {
  rule: NewMappingRule
  reason: string
  /** Says what is missing, and whether anything is. */
  ready(): boolean
  onReasonMissing(): void
  onApplied(result: AppliedMapping): Promise<void>
  /** It waits for a second person. */
  onSent(request: ApprovalRequest): void
}

const month = (period: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${period.slice(0, 7)}-01T00:00:00Z`),
  )

type Looked = { rule: string; found: Found }

/** What a rule would move of all that is posted; then it can be moved. */
export function MappingPreview({ rule, reason, ready, onReasonMissing, onApplied, onSent }: PreviewProps) {
  const path = useCompanyPath()
  const [looked, setLooked] = useState<Looked>()
  const [problem, setProblem] = useState<unknown>()
  const [isLooking, setLooking] = useState(false)
  const applying = useChange('createMappingRulesApply', { forgets: 'all' })
  const { reason: _, ...asked } = rule
  const words = JSON.stringify(asked)
  const look = async () => {
    if (!ready()) return
    setLooking(true)
    setProblem(undefined)
    try {
      const found = await api.call('createMappingRulesPreview', { path, body: { rules: [rule] } })
      setLooked({ rule: words, found })
    } catch (error) {
      setProblem(error)
    } finally {
      setLooking(false)
    }
  }
  const apply = async () => {
    if (reason.trim() === '') return onReasonMissing()
    setProblem(undefined)
    try {
      const result = await applying.mutateAsync({ path, body: { rules: [rule], reason: reason.trim() } })
      setLooked(undefined)
      if ('requestedBy' in result) onSent(result)
      else await onApplied(result)
    } catch (error) {
      setProblem(error)
    }
  }
  const count = looked?.found.lines ?? 0
  return (
    <div>
      <Button variant="default" onClick={() => void look()} loading={isLooking} disabled={applying.isPending}>
        {t('preview')}
      </Button>
      <div aria-live="polite">
        {isLooking && <p className={classes.hint}>{t('previewing')}</p>}
        {problem !== undefined && <Problem error={problem} />}
        {looked && (
          <section className={classes.preview} aria-label={t('preview')}>
            {looked.rule === words ? (
              <>
                <Group justify="space-between">
                  <h2>{count === 0 ? t('previewNone') : t('previewLines', { count })}</h2>
                  {count > 0 && (
                    <Button onClick={() => void apply()} loading={applying.isPending}>
                      {t('apply', { count })}
                    </Button>
                  )}
                </Group>
                {applying.isPending && <Moving count={count} />}
                {count === 0 ? <p className={classes.hint}>{t('previewNoneText')}</p> : <Tables of={looked.found} />}
              </>
            ) : (
              <p className={classes.old}>{t('previewOld')}</p>
            )}
          </section>
        )}
      </div>
    </div>
  )
}

const Moving = ({ count }: { count: number }) => (
  <Group gap="xs" mt="xs" role="status">
    <Loader size="xs" />
    {t('applying', { count })}
  </Group>
)

const Tables = ({ of }: { of: Found }) => (
  <>
    <Part title={t('moves')}>
      <ReportTable
        label={t('moves')}
        columns={[
          { id: 'from', header: t('movedFrom') },
          { id: 'to', header: t('movedTo') },
          { id: 'period', header: t('period') },
          { id: 'lines', header: t('lines'), right: true, wide: true },
          { id: 'amount', header: t('amount'), right: true },
        ]}
        rows={of.moves.map(({ from, to, period, closed, lines, amount }) => ({
          key: `${from.code} ${to.code} ${period}`,
          cells: {
            from: `${from.code} ${from.name}`,
            to: `${to.code} ${to.name}`,
            period: (
              <>
                {month(period)} {closed && <span className={classes.quiet}>{t('closed')}</span>}
              </>
            ),
            lines: <Count of={lines} />,
            amount: { money: amount },
          },
        }))}
      />
    </Part>
    <Part title={t('byAccount')}>
      <ReportTable
        label={t('byAccount')}
        columns={[
          { id: 'account', header: t('account') },
          { id: 'period', header: t('period') },
          { id: 'amount', header: t('amount'), right: true },
        ]}
        rows={of.accounts.map(({ account, period, amount }) => ({
          key: `${account} ${period}`,
          cells: { account, period: month(period), amount: { money: amount } },
        }))}
      />
    </Part>
    <Part title={t('samples')}>
      <ReportTable
        label={t('samples')}
        columns={[
          { id: 'date', header: t('date') },
          { id: 'document', header: t('document') },
          { id: 'item', header: t('item'), wide: true },
          { id: 'to', header: t('movedTo'), wide: true },
          { id: 'amount', header: t('amount'), right: true },
        ]}
        rows={of.samples.map(sampleRow)}
      />
    </Part>
  </>
)

const sampleRow = ({
  entryId,
  lineNo,
  date,
  document,
  item,
  amount,
  from,
  to,
}: Found['samples'][number]): ReportRow => ({
  key: `${entryId} ${lineNo}`,
  cells: {
    date: <Day of={date} />,
    document: (
      <DetailLink kind="entry" id={entryId}>
        {document ?? t('entry', { id: entryId })}
      </DetailLink>
    ),
    item,
    to: `${from} → ${to}`,
    amount: { money: amount },
  },
})

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={classes.part}>
    <h3 className={classes.heading}>{title}</h3>
    {children}
  </div>
)
