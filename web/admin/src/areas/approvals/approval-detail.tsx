import { Alert, Anchor, Badge, Button, Group, Stack, Table, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { ApprovalDetail as Found } from '../../../../../clients/typescript/src/api.ts'
import { useChange, useRead } from '../../../../ui/api.ts'
import { Detail, Facts, Section } from '../../../../ui/details.tsx'
import { isNegative, negated } from '../../../../ui/exact.ts'
import { withWrittenDays, writtenMoment } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Count, Day, Money } from '../../../../ui/money.tsx'
import { Problem } from '../../../../ui/problem.tsx'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'
import { t } from './texts.ts'
import { kindWords, stateColours } from './words.ts'

/** What somebody asks for, with all that it would do, and the decision. */
export function ApprovalDetail({ id }: { id: string }) {
  const found = useRead('getApproval', { path: { ...useCompanyPath(), approvalId: id } }, { fresh: true })
  return <Loaded of={found}>{(approval) => <Content of={approval} />}</Loaded>
}

function Content({ of }: { of: Found }) {
  return (
    <Detail
      kind={kindWords(of.kind)}
      title={withWrittenDays(of.summary, locale)}
      badge={
        <Badge variant="light" size="sm" color={stateColours[of.state]}>
          {t(of.state)}
        </Badge>
      }
    >
      <Facts
        of={[
          [t('amount'), of.amount && <Money key="amount" of={of.amount} withCurrency strong />],
          [t('requestedBy'), of.requestedByName],
          [t('requestedAt'), writtenMoment(of.requestedAt, locale)],
          [t('decidedBy'), of.decidedByName],
          [t('decidedAt'), of.decidedAt && writtenMoment(of.decidedAt, locale)],
          [t('reason'), of.reason],
        ]}
      />
      {of.refusal && (
        <Alert variant="light" color="yellow" icon={<IconAlertTriangle size={18} />} title={t('refusal')}>
          {of.refusal.message}
        </Alert>
      )}
      {of.kept && of.state === 'pending' && (
        <Text size="sm" c="dimmed">
          {t('keptText')}
        </Text>
      )}
      {of.changes.length > 0 && <Changes of={of} />}
      {of.moves.length > 0 && <Moves of={of} />}
      {of.entries.length > 0 && <Entries of={of} />}
      {of.state === 'pending' && <Decision of={of} />}
    </Detail>
  )
}

const Changes = ({ of }: { of: Found }) => (
  <Section title={t('changes')}>
    <Table verticalSpacing={6} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field')}</Table.Th>
          <Table.Th>{t('before')}</Table.Th>
          <Table.Th>{t('after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.changes.map(({ field, before, after }) => (
          <Table.Tr key={field}>
            <Table.Td>{field}</Table.Td>
            <Table.Td>{before ?? '–'}</Table.Td>
            <Table.Td>{after ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Section>
)

/** From which accounts to which lines go, before each of their entries. */
const Moves = ({ of }: { of: Found }) => (
  <Section title={t('moves')}>
    <Table verticalSpacing={6} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('movesFrom')}</Table.Th>
          <Table.Th>{t('movesTo')}</Table.Th>
          <Table.Th ta="right">{t('movesLines')}</Table.Th>
          <Table.Th ta="right">{t('amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.moves.map(({ from, to, lines, amount }) => (
          <Table.Tr key={`${from.code} ${to.code}`}>
            <Table.Td>
              {from.code} {from.name}
            </Table.Td>
            <Table.Td>
              {to.code} {to.name}
            </Table.Td>
            <Table.Td ta="right">
              <Count of={lines} />
            </Table.Td>
            <Table.Td ta="right">
              <Money of={amount} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
    <Text size="xs" c="dimmed" mt={4}>
      {t('movesIn', { count: of.entryCount, lines: of.lineCount })}
    </Text>
  </Section>
)

function Entries({ of }: { of: Found }) {
  const { companyId } = useCompanyPath()
  return (
    <Section title={t('entries')}>
      {of.entries.map(({ reference, date, description, reason, documentReference, reversesOn, attachments }) => (
        <Stack key={`${reference} ${date}`} gap={6} mb="md">
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" fw={500}>
              {/* What moves lines has no name that a person gave it. */}
              {(of.moves.length > 0 ? [description] : [reference, description]).filter(Boolean).join(' · ')}
            </Text>
            <Day of={date} />
          </Group>
          <Lines of={of} reference={reference} date={date} />
          <Facts
            of={[
              [t('why'), reason],
              [t('document'), documentReference],
              [t('reversesOn'), reversesOn && <Day key="reverses" of={reversesOn} />],
              [
                t('files'),
                attachments.length > 0
                  ? attachments.map(({ id, name }) => (
                      <Anchor
                        key={id}
                        size="sm"
                        display="block"
                        href={`/api/v1/companies/${companyId}/attachments/${id}/content`}
                      >
                        {name}
                      </Anchor>
                    ))
                  : null,
              ],
            ]}
          />
        </Stack>
      ))}
      {of.entryCount > of.entries.length && (
        <Text size="xs" c="dimmed">
          {t('entriesMore', { shown: of.entries.length, count: of.entryCount })}
        </Text>
      )}
      {of.entryCount > 1 && <Facts of={[[t('total'), <Money key="total" of={of.debits} withCurrency strong />]]} />}
    </Section>
  )
}

const Lines = ({ of, reference, date }: { of: Found; reference: string; date: string }) => (
  <Table verticalSpacing={4} horizontalSpacing={8}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{t('account')}</Table.Th>
        <Table.Th ta="right">{t('debit')}</Table.Th>
        <Table.Th ta="right">{t('credit')}</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {of.lines
        .filter((line) => line.reference === reference && line.date === date)
        .map(({ account, amount, partyName, document, taxCode, taxBase }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an entry stand in its order
          <Table.Tr key={place}>
            <Table.Td>
              {account.code} {account.name}
              {(partyName || document) && (
                <Text size="xs" c="dimmed">
                  {[partyName, document].filter(Boolean).join(' · ')}
                </Text>
              )}
              {taxBase !== null && taxCode !== null && (
                <Text size="xs" c="dimmed">
                  {t('taxed', { code: taxCode })} <Money of={taxBase} />
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">{!isNegative(amount.amount) && <Money of={amount} />}</Table.Td>
            <Table.Td ta="right">
              {isNegative(amount.amount) && <Money of={{ ...amount, amount: negated(amount.amount) }} />}
            </Table.Td>
          </Table.Tr>
        ))}
    </Table.Tbody>
  </Table>
)

/** Approve or decline, with a reason; never one's own. */
function Decision({ of }: { of: Found }) {
  const { may } = useWorkplace()
  const path = { ...useCompanyPath(), approvalId: of.id }
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const approve = useChange('approveApproval', { forgets: 'all' })
  const decline = useChange('declineApproval', { forgets: 'all' })
  if (of.own || !may('approvals.decide')) return <Text size="sm">{of.own ? t('ownText') : t('mayNot')}</Text>
  const decide = async (how: 'approve' | 'decline') => {
    setMissing(how === 'decline' && reason.trim() === '')
    if (how === 'decline' && reason.trim() === '') return
    const answer = await (how === 'approve' ? approve : decline)
      .mutateAsync({ path, body: { reason } })
      .catch(() => undefined)
    if (answer !== undefined) notifications.show({ message: how === 'approve' ? t('isApproved') : t('isDeclined') })
  }
  const error = approve.error ?? decline.error
  return (
    <Section title={t('decide')}>
      <Stack gap="sm">
        <Textarea
          label={t('reasonField')}
          description={t('approveText')}
          error={missing && t('reasonNeeded')}
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error && <Problem error={error} />}
        <Group gap="xs">
          <Button loading={approve.isPending} disabled={of.refusal !== null} onClick={() => void decide('approve')}>
            {t('approve')}
          </Button>
          <Button variant="default" loading={decline.isPending} onClick={() => void decide('decline')}>
            {t('decline')}
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}
