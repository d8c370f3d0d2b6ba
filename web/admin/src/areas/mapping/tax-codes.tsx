import { useRead } from '../../../../ui/api.ts'
import { writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import { ReportTable } from '../../../../ui/report-table.tsx'
import { Screen } from '../../../../ui/screen.tsx'
import { Empty, Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import classes from './mapping.module.css'
import { Sections } from './sections.tsx'
import { t } from './texts.ts'
import { readable } from './words.ts'

/** Rates that have always held are written down from this day on. */
const beginning = '1900-01-01'

const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 })

/** The tax codes of the company, with every rate and the day from which it holds. */
export function TaxCodes() {
  const found = useRead('listTaxCodes', { path: useCompanyPath() })
  return (
    <Screen title={t('title')}>
      <Sections at="taxCodes" />
      <Loaded of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('empty')} text={t('emptyText')} />
          ) : (
            <ReportTable
              label={t('taxCodes')}
              columns={[
                { id: 'code', header: t('code') },
                { id: 'name', header: t('name') },
                { id: 'kind', header: t('kind'), wide: true },
                { id: 'authority', header: t('authority'), wide: true },
                { id: 'rates', header: t('rates') },
              ]}
              rows={rows.map(({ code, name, kind, authority, rates }) => ({
                key: code,
                cells: { code, name, kind: readable(kind), authority, rates: <Rates of={rates} /> },
              }))}
            />
          )
        }
      </Loaded>
    </Screen>
  )
}

const Rates = ({ of }: { of: readonly { from: string; rate: string }[] }) => (
  <>
    {[...of]
      .sort((a, b) => b.from.localeCompare(a.from))
      .map(({ from, rate }) => (
        <div key={from}>
          {percent.format(rate as Intl.StringNumericLiteral)}
          <span className={classes.quiet}>
            {' '}
            {from <= beginning ? t('always') : t('coming', { day: writtenDay(from, locale) })}
          </span>
        </div>
      ))}
  </>
)
