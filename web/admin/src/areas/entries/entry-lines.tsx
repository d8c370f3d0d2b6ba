import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Entry } from '../../../../../clients/typescript/src/api.ts'
import { Section } from '../../../../ui/details.tsx'
import { given, isNegative, negated, sumOf } from '../../../../ui/exact.ts'
import { Go } from '../../../../ui/links.tsx'
import { toggled } from '../../../../ui/list-types.ts'
import { Money } from '../../../../ui/money.tsx'
import { useAddress } from '../../../../ui/workplace.tsx'
import classes from './entries.module.css'
import { About, Why } from './line-why.tsx'
import { MoveLine } from './move-line.tsx'
import { t } from './texts.ts'

type Line = Entry['lines'][number]

/** So few lines say at once why they are where they are. */
const ALL_OPEN = 4

/** The lines of an entry, as an accountant writes them, and why each is where it is. */
export function EntryLines({ of, lineNo }: { of: Entry; lineNo: string | undefined }) {
  const { lines } = of
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        lines.flatMap((line) =>
          lines.length <= ALL_OPEN || String(line.lineNo) === lineNo ? [String(line.lineNo)] : [],
        ),
      ),
  )
  const amounts = lines.map(({ amount }) => given(amount))
  const currency = amounts[0]?.currency ?? ''
  const total = sumOf(amounts.filter(({ amount }) => !isNegative(amount)))
  return (
    <Section title={t('lines')}>
      <table className={classes.lines} aria-label={t('lines')}>
        <thead>
          <tr>
            <th>{t('account')}</th>
            <th data-right>{t('debit', { currency })}</th>
            <th data-right>{t('credit', { currency })}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row
              key={line.lineNo}
              line={line}
              entryId={of.entryId}
              isMeant={String(line.lineNo) === lineNo}
              isOpen={open.has(String(line.lineNo))}
              toggle={() => setOpen(toggled(open, String(line.lineNo)))}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('total')}</td>
            <td data-right>
              <Money of={total} />
            </td>
            <td data-right>
              <Money of={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Section>
  )
}

type RowProps = { line: Line; entryId: string; isMeant: boolean; isOpen: boolean; toggle: () => void }

function Row({ line, entryId, isMeant, isOpen, toggle }: RowProps) {
  const to = useAddress()
  const { account, currencyAmount, lineNo } = line
  const amount = given(line.amount)
  const isCredit = isNegative(amount.amount)
  const shown = isCredit ? { ...amount, amount: negated(amount.amount) } : amount
  const inCurrency = currencyAmount && currencyAmount.currency !== amount.currency && currencyAmount
  const figure = (
    <>
      <Money of={shown} />
      {inCurrency && (
        <span className={classes.inCurrency}>
          <Money of={isCredit ? { ...inCurrency, amount: negated(inCurrency.amount) } : inCurrency} withCurrency />
        </span>
      )}
    </>
  )
  return (
    <tr data-meant={isMeant || undefined}>
      <td>
        <div className={classes.account}>
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={t('whyLine', { line: lineNo, account: account.name })}
            data-open={isOpen || undefined}
            onClick={toggle}
          >
            <IconChevronRight size={14} stroke={1.8} aria-hidden />
          </UnstyledButton>
          <div>
            <Go to={to('lines', { account: account.code })} className={classes.accountLink}>
              <span className={classes.code}>{account.code}</span> {account.name}
            </Go>
            <About of={line} />
            {isOpen && <Why of={line} />}
            {isOpen && <MoveLine entryId={entryId} line={line} />}
          </div>
        </div>
      </td>
      <td data-right>{isCredit ? null : figure}</td>
      <td data-right>{isCredit ? figure : null}</td>
    </tr>
  )
}
