import { countries } from '../../../../../src/kernel/countries.ts'
import { useRead } from '../../../../ui/api.ts'
import { Facts } from '../../../../ui/details.tsx'
import { locale } from '../../../../ui/locale.ts'
import { Loaded } from '../../../../ui/states.tsx'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import { SettingsFrame } from './frame.tsx'
import { t } from './texts.ts'

const monthName = (month: number): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month - 1, 1)))

const chartWords = (chart: string): string => (chart === 'uk' ? t('chartUk') : chart === 'de' ? t('chartDe') : chart)

/** What the company is. It was chosen when the company was created, and the books rest on it. */
export function CompanySettings() {
  const found = useRead('getCompany', { path: useCompanyPath() })
  return (
    <SettingsFrame title={t('company')} text={t('companyText')} padded>
      <Loaded of={found}>
        {({ id, name, country, baseCurrency, timeZone, fiscalYearStartMonth, chart }) => (
          <Facts
            of={[
              [t('name'), name],
              [t('country'), (countries as Record<string, string>)[country] ?? country],
              [t('baseCurrency'), baseCurrency],
              [t('timeZone'), timeZone],
              [t('fiscalYear'), monthName(fiscalYearStartMonth)],
              [t('chart'), chartWords(chart)],
              [t('companyNumber'), id],
            ]}
          />
        )}
      </Loaded>
    </SettingsFrame>
  )
}
