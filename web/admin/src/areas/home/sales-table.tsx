import { CellLink } from '../../../../ui/links.tsx'
import { Day, Money } from '../../../../ui/money.tsx'
import { useSourceAddress } from '../../../../ui/sources.ts'
import classes from './home.module.css'
import type { HomeSales } from './sales.tsx'
import { t } from './texts.ts'

/** The lines of one day of the sales. */
export function useDayAddress(of: HomeSales): (day: string) => string | undefined {
  const addressOf = useSourceAddress()
  return (day) =>
    (of.source && addressOf({ ...of.source, parameters: { ...of.source.parameters, from: day, to: day } })) || undefined
}

/** What the chart shows, as figures; always there for those who cannot see it. */
export function SalesTable({ of }: { of: HomeSales }) {
  const addressOf = useDayAddress(of)
  return (
    <div className={classes.tableScroll}>
      <table className={classes.table} aria-label={t('chartLabel')}>
        <thead>
          <tr>
            <th>{t('day')}</th>
            <th data-right>{t('thisYearColumn')}</th>
            <th data-right>{t('lastYearColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {of.days.toReversed().map(({ day, sales, lastYear }) => {
            const address = addressOf(day)
            return (
              <tr key={day}>
                <td>
                  <Day of={day} />
                </td>
                <td data-right>
                  {address === undefined ? (
                    <Money of={sales} />
                  ) : (
                    <CellLink to={address} className={classes.link}>
                      <Money of={sales} />
                    </CellLink>
                  )}
                </td>
                <td data-right>
                  <Money of={lastYear} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
