import type { EuMember } from './eu-members.ts'

/**
 * A rate and the first day on which it holds. It holds until the day before the next one's first, so that two rates
 * can never overlap nor leave a gap. Rates are exact decimals of one: '0.175' is 17.5 %.
 */
export type DatedRate = { readonly from: string; readonly rate: string }

/**
 * The standard rates of VAT in the United Kingdom and the European Union's members, oldest first. Each list reaches
 * back to 2010 at least; Croatia's includes what it charged before it joined.
 */
export const standardRates = {
  AT: [{ from: '1984-01-01', rate: '0.2' }],
  BE: [{ from: '1996-01-01', rate: '0.21' }],
  BG: [{ from: '1999-01-01', rate: '0.2' }],
  CY: [
    { from: '2003-01-01', rate: '0.15' },
    { from: '2012-03-01', rate: '0.17' },
    { from: '2013-01-14', rate: '0.18' },
    { from: '2014-01-13', rate: '0.19' },
  ],
  CZ: [
    { from: '2004-05-01', rate: '0.19' },
    { from: '2010-01-01', rate: '0.2' },
    { from: '2013-01-01', rate: '0.21' },
  ],
  DE: [
    { from: '2007-01-01', rate: '0.19' },
    { from: '2020-07-01', rate: '0.16' },
    { from: '2021-01-01', rate: '0.19' },
  ],
  DK: [{ from: '1992-01-01', rate: '0.25' }],
  EE: [
    { from: '2009-07-01', rate: '0.2' },
    { from: '2024-01-01', rate: '0.22' },
    { from: '2025-07-01', rate: '0.24' },
  ],
  ES: [
    { from: '1995-01-01', rate: '0.16' },
    { from: '2010-07-01', rate: '0.18' },
    { from: '2012-09-01', rate: '0.21' },
  ],
  FI: [
    { from: '1994-06-01', rate: '0.22' },
    { from: '2010-07-01', rate: '0.23' },
    { from: '2013-01-01', rate: '0.24' },
    { from: '2024-09-01', rate: '0.255' },
  ],
  FR: [
    { from: '2000-04-01', rate: '0.196' },
    { from: '2014-01-01', rate: '0.2' },
  ],
  GB: [
    { from: '1991-04-01', rate: '0.175' },
    { from: '2008-12-01', rate: '0.15' },
    { from: '2010-01-01', rate: '0.175' },
    { from: '2011-01-04', rate: '0.2' },
  ],
  GR: [
    { from: '2005-04-01', rate: '0.19' },
    { from: '2010-03-15', rate: '0.21' },
    { from: '2010-07-01', rate: '0.23' },
    { from: '2016-06-01', rate: '0.24' },
  ],
  HR: [
    { from: '2009-08-01', rate: '0.23' },
    { from: '2012-03-01', rate: '0.25' },
  ],
  HU: [
    { from: '2009-07-01', rate: '0.25' },
    { from: '2012-01-01', rate: '0.27' },
  ],
  IE: [
    { from: '2002-03-01', rate: '0.21' },
    { from: '2008-12-01', rate: '0.215' },
    { from: '2010-01-01', rate: '0.21' },
    { from: '2012-01-01', rate: '0.23' },
    { from: '2020-09-01', rate: '0.21' },
    { from: '2021-03-01', rate: '0.23' },
  ],
  IT: [
    { from: '1997-10-01', rate: '0.2' },
    { from: '2011-09-17', rate: '0.21' },
    { from: '2013-10-01', rate: '0.22' },
  ],
  LT: [{ from: '2009-09-01', rate: '0.21' }],
  LU: [
    { from: '1992-01-01', rate: '0.15' },
    { from: '2015-01-01', rate: '0.17' },
    { from: '2023-01-01', rate: '0.16' },
    { from: '2024-01-01', rate: '0.17' },
  ],
  LV: [
    { from: '2009-01-01', rate: '0.21' },
    { from: '2011-01-01', rate: '0.22' },
    { from: '2012-07-01', rate: '0.21' },
  ],
  MT: [{ from: '2004-01-01', rate: '0.18' }],
  NL: [
    { from: '2001-01-01', rate: '0.19' },
    { from: '2012-10-01', rate: '0.21' },
  ],
  PL: [
    { from: '1993-07-05', rate: '0.22' },
    { from: '2011-01-01', rate: '0.23' },
  ],
  PT: [
    { from: '2008-07-01', rate: '0.2' },
    { from: '2010-07-01', rate: '0.21' },
    { from: '2011-01-01', rate: '0.23' },
  ],
  RO: [
    { from: '2000-01-01', rate: '0.19' },
    { from: '2010-07-01', rate: '0.24' },
    { from: '2016-01-01', rate: '0.2' },
    { from: '2017-01-01', rate: '0.19' },
    { from: '2025-08-01', rate: '0.21' },
  ],
  SE: [{ from: '1990-07-01', rate: '0.25' }],
  SI: [
    { from: '2002-01-01', rate: '0.2' },
    { from: '2013-07-01', rate: '0.22' },
  ],
  SK: [
    { from: '2004-01-01', rate: '0.19' },
    { from: '2011-01-01', rate: '0.2' },
    { from: '2025-01-01', rate: '0.23' },
  ],
} as const satisfies Record<EuMember, readonly DatedRate[]>

/** The rate of an ascending list that holds on `date` ('YYYY-MM-DD'), or null before the first. */
export function rateOn(rates: readonly DatedRate[], date: string): string | null {
  return rates.findLast(({ from }) => from <= date)?.rate ?? null
}

/**
 * The standard rate of VAT in `country` on `date`, as an exact decimal of one. Null where we know none: the country is
 * not listed, or the date lies before its list begins. The caller decides then; a missing rate is never zero.
 */
export function standardRate(country: string, date: string): string | null {
  return Object.hasOwn(standardRates, country) ? rateOn(standardRates[country as EuMember], date) : null
}
