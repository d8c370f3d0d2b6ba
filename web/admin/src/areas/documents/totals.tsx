import type { Document, TaxCode } from '../../../../../clients/typescript/src/api.ts'
import { figure } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { Money } from '../../../../ui/money.tsx'
import { nameWithRate } from '../../../../ui/tax-rate.ts'
import classes from './issue.module.css'
import { t } from './issue-texts.ts'

type TotalsProps = {
  /** As the server would issue it; undefined until it can say. */
  of: Document | undefined
  codes: readonly TaxCode[]
  isOld: boolean
  /** What its gross is called. */
  gross: string
  toCome: string
}

/** What a document comes to, as the server adds it up: net, the tax of each rate, gross. */
export const Totals = ({ of, codes, isOld, gross, toCome }: TotalsProps) => (
  <section className={classes.totals} aria-label={t('totals')} aria-busy={isOld} data-old={isOld || undefined}>
    {of === undefined ? (
      <p className={classes.hint}>{toCome}</p>
    ) : (
      <dl aria-live="polite">
        <div>
          <dt>{t('net')}</dt>
          <dd>
            <Money of={of.net} />
          </dd>
        </div>
        {(of.taxes ?? []).map(({ taxCode, base, tax }) => {
          const known = codes.find(({ code }) => code === taxCode)
          const code = known === undefined ? taxCode : nameWithRate(known, of.issuedOn)
          return (
            <div key={taxCode}>
              <dt>{t('taxOf', { code, base: figure(base?.amount ?? '0', locale) })}</dt>
              <dd>
                <Money of={tax} />
              </dd>
            </div>
          )
        })}
        <div className={classes.gross}>
          <dt>{gross}</dt>
          <dd>
            <Money of={of.gross} withCurrency strong />
          </dd>
        </div>
      </dl>
    )}
  </section>
)
