import { expect, test } from 'vitest'
import type { ReportTable } from '../../clients/typescript/src/api.ts'
import { chartOf } from '../../web/admin/src/areas/reports/charts.ts'

const money = (amount: string) => ({ amount, currency: 'GBP' })
const table = (report: string, rows: ReportTable['rows'], more: number): ReportTable => ({
  report,
  title: 'A report',
  currency: 'GBP',
  columns: [
    { key: 'current', title: 'Not due', kind: 'money' },
    { key: 'total', title: 'Total', kind: 'money' },
  ],
  rows,
  more,
  totals: [],
  sums: {},
})
const asked = { by: 'item', addressOf: () => undefined }
const row = (cells: ReportTable['rows'][number]['cells'], emphasis?: string): ReportTable['rows'][number] => ({
  cells,
  depth: 0,
  sources: {},
  ...(emphasis === undefined ? {} : { emphasis }),
})

test('what is drawn of all rows is not drawn of those that happen to be there', () => {
  const tax = row({ period: '2024-01', side: 'Sales', tax: money('5.00') })
  const summary = table('tax-summary', [tax], 0)
  const columns = [{ key: 'period', title: 'Period', kind: 'text' as const }]
  expect(chartOf({ ...summary, columns }, asked)?.places.map(({ key }) => key)).toEqual(['2024-01'])
  expect(chartOf({ ...summary, columns, more: 1 }, asked)).toBeUndefined()
})

test('what is owed by age is drawn of its sums, which are there whatever is left out', () => {
  const total = row({ name: 'Total', current: money('7.00'), total: money('7.00') }, 'result')
  expect(chartOf(table('aged-receivables', [total], 4_000), asked)?.places[0]?.amounts).toEqual([money('7.00')])
})
