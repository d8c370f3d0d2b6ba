import type { Report } from '../report.ts'

/** The report as one JSON document, as it stands. */
export const jsonOf = (report: Report): string => `${JSON.stringify(report)}\n`
