import type { DatedRate } from './vat-rates.ts'

/** A reduced rate of VAT under the code that a company starts with. */
export type ReducedRate = {
  readonly code: string
  readonly name: string
  readonly rates: readonly DatedRate[]
  readonly description: string
}

/**
 * Reduced rates of the countries where most shops that sell across borders have their books. What falls under them is
 * a matter of the law and of the goods, so the descriptions only give examples. Lists begin on 2010-01-01 unless the
 * rate came later. A country that is not listed gets no reduced code: the company adds what it needs.
 */
export const reducedRates: Readonly<Record<string, readonly ReducedRate[]>> = {
  GB: [reduced([{ from: '1997-09-01', rate: '0.05' }], 'Domestic fuel, child car seats, some building work.')],
  IE: [
    reduced([{ from: '2003-01-01', rate: '0.135' }], 'Building work, fuel, some services.'),
    secondReduced([{ from: '2011-07-01', rate: '0.09' }], 'Newspapers, e-books, sports facilities.'),
  ],
  DE: [
    reduced(
      [
        { from: '2010-01-01', rate: '0.07' },
        { from: '2020-07-01', rate: '0.05' },
        { from: '2021-01-01', rate: '0.07' },
      ],
      'Food, books, newspapers.',
    ),
  ],
  FR: [
    reduced([{ from: '2010-01-01', rate: '0.055' }], 'Food, books, energy-saving work.'),
    intermediate(
      [
        { from: '2012-01-01', rate: '0.07' },
        { from: '2014-01-01', rate: '0.1' },
      ],
      'Restaurants, passenger transport, renovation.',
    ),
    superReduced([{ from: '2010-01-01', rate: '0.021' }], 'Reimbursed medicines, the press.'),
  ],
  NL: [
    reduced(
      [
        { from: '2010-01-01', rate: '0.06' },
        { from: '2019-01-01', rate: '0.09' },
      ],
      'Food, medicines, books.',
    ),
  ],
  BE: [
    reduced([{ from: '2010-01-01', rate: '0.06' }], 'Food, books, medicines.'),
    intermediate([{ from: '2010-01-01', rate: '0.12' }], 'Restaurant meals, social housing.'),
  ],
  AT: [
    reduced([{ from: '2010-01-01', rate: '0.1' }], 'Food, books, rent of dwellings.'),
    intermediate([{ from: '2016-01-01', rate: '0.13' }], 'Plants, animals, works of art.'),
  ],
  ES: [
    reduced(
      [
        { from: '2010-01-01', rate: '0.07' },
        { from: '2010-07-01', rate: '0.08' },
        { from: '2012-09-01', rate: '0.1' },
      ],
      'Food, passenger transport, hotels.',
    ),
    superReduced([{ from: '2010-01-01', rate: '0.04' }], 'Bread, milk, books, medicines.'),
  ],
  IT: [
    reduced([{ from: '2010-01-01', rate: '0.1' }], 'Meat, medicines, hotels.'),
    secondReduced([{ from: '2016-01-01', rate: '0.05' }], 'Social services, some herbs, passenger boats.'),
    superReduced([{ from: '2010-01-01', rate: '0.04' }], 'Bread, milk, books.'),
  ],
}

function reduced(rates: readonly DatedRate[], description: string): ReducedRate {
  return { code: 'reduced', name: 'Reduced rate', rates, description }
}

function secondReduced(rates: readonly DatedRate[], description: string): ReducedRate {
  return { code: 'second-reduced', name: 'Second reduced rate', rates, description }
}

function intermediate(rates: readonly DatedRate[], description: string): ReducedRate {
  return { code: 'intermediate', name: 'Intermediate rate', rates, description }
}

function superReduced(rates: readonly DatedRate[], description: string): ReducedRate {
  return { code: 'super-reduced', name: 'Super-reduced rate', rates, description }
}
