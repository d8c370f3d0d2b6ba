import { inCompany, only, readCompany } from '../src/kernel/database.ts'
import { addAccounts } from '../src/ledger/accounts.ts'
import { previewMappingChange } from '../src/posting/change-mapping.ts'
import { atMost, type Figure, median, timed } from './support/figure.ts'
import { fillBooks } from './support/fill-books.ts'
import { openCompany } from './support/posting-job.ts'

// Two lines of five are sales, so that the preview finds 300,000 lines elsewhere among 750,000.
const entries = 150_000
const rule = { role: 'sales', account: '4001', reason: 'Web sales apart' }

/** A preview of a rule that places 300,000 posted lines elsewhere. */
export const mappingPreview: Figure = {
  name: 'mapping-preview',
  always: true,
  effort: { named: { pairs: 5, sideMs: 0 }, together: { pairs: 3, sideMs: 0 } },
  async measure(server, { pairs }) {
    const database = await server.open()
    const companyId = await openCompany(database)
    await fillBooks(database, companyId, entries)
    const accounts = [{ code: rule.account, name: 'Web sales', class: 'income' as const }]
    await inCompany(database, companyId, (tx) => addAccounts(tx, accounts))
    const look = () => readCompany(database, companyId, (tx) => previewMappingChange(tx, { rules: [rule] }))
    const times: number[] = []
    const lines: number[] = []
    for (let round = 0; round < pairs; round++) times.push(await timed(async () => lines.push((await look()).lines)))
    await database.drop()
    const found = only([...new Set(lines)])
    const detail = `${found} lines elsewhere among ${entries * 5}: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`
    return [atMost({ name: 'mapping-preview', measured: median(times), target: 3_000, detail }, 'ms')]
  },
}
