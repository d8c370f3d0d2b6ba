import type { Document } from '../../../../../clients/typescript/src/api.ts'
import { countryIn } from '../../../../ui/country.tsx'
import { Facts, Section } from '../../../../ui/details.tsx'
import { t } from './texts.ts'

type Sold = NonNullable<Document['seller']>

/** Who sold, as the company was before the law on the day of the document; nothing where only its name is known. */
export function SoldBy({ of }: { of: Sold | undefined }) {
  if (of === undefined) return null
  const { legalName, tradingName, address, registrationNumber, taxNumbers } = of
  if (address === null && registrationNumber === null && taxNumbers.length === 0) return null
  return (
    <Section title={t('seller')}>
      <Facts
        of={[
          [t('sellerName'), legalName],
          [t('tradingAs'), tradingName === legalName ? null : tradingName],
          [t('address'), address && addressLine(address)],
          [t('registrationNumber'), registrationNumber],
          [t('taxNumbers'), taxNumbers.map(({ number }) => number).join(' · ')],
        ]}
      />
    </Section>
  )
}

const addressLine = ({ line1, line2, line3, city, region, postcode, country }: NonNullable<Sold['address']>): string =>
  [line1, line2, line3, city, region, postcode, countryIn(country)].filter(Boolean).join(', ')
