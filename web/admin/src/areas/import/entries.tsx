import type { Import } from '../../../../../clients/typescript/src/api.ts'
import { given, isNegative, negated } from '../../../../ui/exact.ts'
import { Day, Money } from '../../../../ui/money.tsx'
import { wordsOfRule } from '../../../../ui/words.ts'
import classes from './import.module.css'
import { t } from './texts.ts'

type Entries = NonNullable<Import['check']>['preview']

/** The first entries as an accountant writes them: debits first, credits a step to the right. */
export function PreviewEntries({ of }: { of: Entries }) {
  if (of.length === 0) return <p className={classes.quiet}>{t('firstDocumentsNone')}</p>
  return of.map((entry, place) => {
    const { document, rule, date, customer, lines } = entry
    const currency = lines[0]?.amount?.currency
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a document can post several entries, and their order stays
      <article key={place} className={classes.entry}>
        <header className={classes.entryHead}>
          <span className={classes.subject}>
            {wordsOfRule(rule)} {document}
          </span>
          <Day of={date} />
          {customer && (
            <span className={classes.quiet}>
              {customer.name.includes(customer.number) ? customer.name : `${customer.name} (${customer.number})`}
            </span>
          )}
          <span className={classes.quiet}>{currency}</span>
        </header>
        <table className={classes.lines} aria-label={t('entryOf', { document })}>
          <thead>
            <tr>
              <th>{t('account')}</th>
              <th>{t('debit')}</th>
              <th>{t('credit')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ account, name, ...moved }, line) => {
              const amount = given(moved.amount)
              const isCredit = isNegative(amount.amount)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: an account may stand on several lines, whose order stays
                <tr key={line} data-credit={isCredit || undefined}>
                  <td>
                    <span className={classes.code}>{account}</span> {name}
                  </td>
                  <td>{isCredit ? null : <Money of={amount} />}</td>
                  <td>{isCredit && <Money of={{ ...amount, amount: negated(amount.amount) }} />}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </article>
    )
  })
}
