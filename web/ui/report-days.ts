import { useCallback, useEffect } from 'react'
import { dayOr, type Range, today, yearOf } from './days.ts'
import { useSearchState } from './search.ts'
import { useWorkplace } from './workplace.tsx'

export type ReportDays = Range & { asOf: string; compare: string | undefined }
type Chosen = Partial<Range & { asOf: string }>

const nameOf = (companyId: string): string => `countinghouse.days.${companyId}`

/** The days that somebody chose last for a report of a company, in this tab of the browser. Whoever compares two reports means the same days. */
function chosenBefore(companyId: string): Chosen {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(companyId)) ?? '{}') as Chosen
  } catch {
    return {}
  }
}

function keepChosen(companyId: string, days: Chosen): void {
  try {
    sessionStorage.setItem(nameOf(companyId), JSON.stringify(days))
  } catch {
    // Without storage each report begins with the days of its address.
  }
}

/**
 * What a report is of: what its address says; or else the days that were chosen last, where a day follows the end of a range; or else the fiscal year,
 * and today.
 */
export function useReportDays(): ReportDays {
  const { company } = useWorkplace()
  const [search] = useSearchState()
  const now = today(company.timeZone)
  const begins = { ...yearOf(now, company.fiscalYearStartMonth), asOf: now, ...chosenBefore(company.id) }
  return {
    from: dayOr(search.from, begins.from),
    to: dayOr(search.to, begins.to),
    asOf: dayOr(search.asOf, begins.asOf),
    compare: search.compare,
  }
}

/** Changes some of the days of a report, for this one and those that are opened after it. */
export function useChooseDays(): (some: Chosen) => void {
  const { company } = useWorkplace()
  const { from, to, asOf } = useReportDays()
  const [, change] = useSearchState()
  return (some) => {
    keepChosen(company.id, { from, to, asOf: some.to ?? asOf, ...some })
    change({ ...some, cursor: undefined })
  }
}

/** Writes days that an address leaves to what was chosen before into it: a link to what is shown shows the same to others. */
export function useWrittenDays(of: 'day' | 'range' | 'always'): void {
  const { company } = useWorkplace()
  const [search, change] = useSearchState()
  const { from, to, asOf } = useReportDays()
  const isKept = chosenBefore(company.id).from !== undefined
  const isSaid = of === 'day' ? search.asOf !== undefined : search.from !== undefined && search.to !== undefined
  const write = useCallback(
    () => change(of === 'day' ? { asOf } : { from, to }, { replace: true }),
    [change, of, asOf, from, to],
  )
  const isNeeded = of !== 'always' && isKept && !isSaid
  useEffect(() => {
    if (isNeeded) write()
  }, [isNeeded, write])
}
