import type { Home } from '../../../../../clients/typescript/src/api.ts'
import { given, isZero } from '../../../../ui/exact.ts'
import { figure } from '../../../../ui/figures.ts'
import { Go } from '../../../../ui/links.tsx'
import { locale } from '../../../../ui/locale.ts'
import { useSourceAddress } from '../../../../ui/sources.ts'
import { useAddress } from '../../../../ui/workplace.tsx'
import { Card, Figure } from './card.tsx'
import classes from './home.module.css'
import { t } from './texts.ts'

type Figures = NonNullable<Home['figures']>

/** What is at the bank, in the till and with processors. */
export const Cash = ({ of: { total, accounts } }: { of: Figures['cash'] }) => {
  const shown = accounts.filter(({ amount }) => !isZero(given(amount).amount))
  return (
    <Card title={t('cash')} aside={shown.length > 1 && <Figure of={total} withCurrency />}>
      {shown.length === 0 ? (
        <p className={classes.none}>{t('cashNone')}</p>
      ) : (
        <dl className={classes.rows}>
          {shown.map((account) => (
            <div key={account.code}>
              <dt>{account.name}</dt>
              <dd>
                <Figure of={account} withCurrency={shown.length === 1} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}

/** What customers owe us, and what we owe suppliers. */
export function Owed({ of: { toUs, toUsOverdue, byUs, byUsOverdue } }: { of: Figures['owed'] }) {
  const to = useAddress()
  const open = to('documents', { open: 'true' })
  return (
    <Card title={t('owed')}>
      <dl className={classes.rows}>
        <div>
          <dt>
            {t('toUs')}
            <Overdue of={toUsOverdue} otherwise={open} />
          </dt>
          <dd>
            <Figure of={toUs} otherwise={open} withCurrency />
          </dd>
        </div>
        <div>
          <dt>
            {t('byUs')}
            <Overdue of={byUsOverdue} />
          </dt>
          <dd>
            <Figure of={byUs} withCurrency />
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function Overdue({ of, otherwise }: { of: Figures['owed']['toUs']; otherwise?: string }) {
  const address = useSourceAddress()(of.source) ?? otherwise
  const amount = given(of.amount)
  if (isZero(amount.amount)) return null
  const words = t('overdue', { amount: figure(amount.amount, locale) })
  return (
    <span className={classes.overdue}>
      {address === undefined ? (
        words
      ) : (
        <Go to={address} className={classes.link}>
          {words}
        </Go>
      )}
    </span>
  )
}

/** What is owed to tax authorities. */
export function Tax({ of: { owed, pending } }: { of: Figures['tax'] }) {
  const amount = given(pending.amount)
  const address = useSourceAddress()(pending.source)
  const words = t('taxPending', { amount: figure(amount.amount, locale) })
  return (
    <Card title={t('tax')}>
      <dl className={classes.rows}>
        <div>
          <dt>
            {t('taxOwed')}
            {!isZero(amount.amount) && (
              <span className={classes.hint}>
                {address === undefined ? (
                  words
                ) : (
                  <Go to={address} className={classes.link}>
                    {words}
                  </Go>
                )}
              </span>
            )}
          </dt>
          <dd>
            <Figure of={owed} withCurrency />
          </dd>
        </div>
      </dl>
    </Card>
  )
}
