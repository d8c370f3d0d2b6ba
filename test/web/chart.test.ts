import { expect, test } from 'vitest'
import { readChart } from '../../web/admin/src/areas/mapping/chart-table.ts'
import { readTable } from '../../web/ui/csv.ts'

const ours = [
  { code: '4000', name: 'Sales', endedOn: null },
  { code: '7100', name: 'Rent', endedOn: null },
  { code: '7200', name: 'Rates', endedOn: '2020-12-31' },
]
const read = (text: string) => readChart(readTable(text), ours)

test('a chart is read by its head, and each account placed where the table says', () => {
  expect(read('Name,Code,Account\nTurnover,S1,4000\n"Rent, shop",S2,7100')).toEqual([
    { code: 'S1', name: 'Turnover', account: '4000' },
    { code: 'S2', name: 'Rent, shop', account: '7100' },
  ])
})

test('an account that is told nowhere goes to ours of its name, and to no other of its code', () => {
  expect(read('4000\tDonations\n9\trent\n7100\n8\tRates\n8\tOther\n\t\n')).toEqual([
    { code: '4000', name: 'Donations', account: '' },
    { code: '9', name: 'rent', account: '7100' },
    { code: '7100', name: '', account: '7100' },
    { code: '8', name: 'Other', account: '' },
  ])
  expect(read('code,account\nS1,9999\nS2,7200')).toEqual([
    { code: 'S1', name: '', account: '' },
    { code: 'S2', name: '', account: '' },
  ])
})
