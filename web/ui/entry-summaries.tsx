import type { EntrySummary } from '../../clients/typescript/src/api.ts'
import { DetailLink } from './details.tsx'
import classes from './entry-summaries.module.css'
import { given, isNegative, negated } from './exact.ts'
import { Day, Money } from './money.tsx'
import { t } from './texts.ts'
import { wordsOfRule } from './words.ts'

type EntrySummariesProps = {
  of: readonly EntrySummary[]
  none: string
  /** That they are not posted yet: there is nothing to lead to. */
  planned?: boolean
}

const debitsFirst = (lines: EntrySummary['lines'] = []) => [
  ...lines.filter(({ amount }) => !isNegative(given(amount).amount)),
  ...lines.filter(({ amount }) => isNegative(given(amount).amount)),
]

/** Entries as an accountant writes them, beside the fact that posted them: debits first, credits a step to the right. Each leads to its entry. */
export function EntrySummaries({ of, none, planned = false }: EntrySummariesProps) {
  if (of.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <div className={classes.entries}>
      {of.map((entry) => (
        <div key={entry.entryId} className={classes.entry}>
          <p className={classes.head}>
            {planned ? (
              <span>{wordsOfRule(entry.rule)}</span>
            ) : (
              <DetailLink kind="entry" id={entry.entryId}>
                {`${wordsOfRule(entry.rule)} ${entry.number ?? ''}`.trim()}
              </DetailLink>
            )}
            <Day of={entry.date} />
          </p>
          <table className={classes.lines} aria-label={t('entryLines', { rule: wordsOfRule(entry.rule) })}>
            <tbody>
              {debitsFirst(entry.lines).map(({ lineNo, account, accountName, ...line }) => {
                const amount = given(line.amount)
                const isCredit = isNegative(amount.amount)
                return (
                  <tr key={lineNo} data-credit={isCredit || undefined}>
                    <td>
                      <span className={classes.code}>{account}</span> {accountName}
                    </td>
                    <td>{isCredit ? null : <Money of={amount} />}</td>
                    <td>{isCredit ? <Money of={{ ...amount, amount: negated(amount.amount) }} /> : null}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  )
}
