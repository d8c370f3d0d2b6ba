import { Table } from '@mantine/core'
import type { EntrySummary } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { DetailLink, Section } from '../../../../ui/details.tsx'
import { isNegative, negated } from '../../../../ui/exact.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import classes from './inbox.module.css'
import { t } from './texts.ts'

/** What a remedy posted, as entries. */
export function RemedyEntries({ of }: { of: readonly EntrySummary[] }) {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const accounts = useRead('listAccounts', of.length > 0 && may('company.read') ? { path } : undefined)
  const names = new Map(accounts.data?.rows.map(({ code, name }) => [code, name]))
  if (of.length === 0) return null
  return (
    <Section title={t('entries')}>
      {of.map(({ entryId, number, date, description, lines = [] }) => (
        <div key={entryId} className={classes.entry}>
          <div className={classes.entryHead}>
            <DetailLink kind="entry" id={entryId}>
              {[number, description].filter(Boolean).join(' · ')}
            </DetailLink>
            <Day of={date} />
          </div>
          <Table verticalSpacing={4} horizontalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('account')}</Table.Th>
                <Table.Th ta="right">{t('debit')}</Table.Th>
                <Table.Th ta="right">{t('credit')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map(({ lineNo, account, amount }) => (
                <Table.Tr key={lineNo}>
                  <Table.Td>
                    {account} {names.get(account)}
                  </Table.Td>
                  <Table.Td ta="right">{!isNegative(amount.amount) && <Money of={amount} />}</Table.Td>
                  <Table.Td ta="right">
                    {isNegative(amount.amount) && <Money of={{ ...amount, amount: negated(amount.amount) }} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ))}
    </Section>
  )
}
