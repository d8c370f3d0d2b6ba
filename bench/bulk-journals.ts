import { atMost, type Figure, median, timed } from './support/figure.ts'
import { openCompany } from './support/posting-job.ts'
import { startSite } from './support/start-site.ts'

const entries = 10_000

/** Ten thousand entries of two lines in one request over HTTP, from sending to the answer, the server in a process of its own. */
export const bulkJournals: Figure = {
  name: 'bulk-journals',
  always: true,
  effort: { named: { pairs: 7, sideMs: 0 }, together: { pairs: 3, sideMs: 0 } },
  async measure(server, { pairs }) {
    const database = await server.open()
    const companyId = await openCompany(database)
    const site = await startSite(database.url)
    try {
      const address = `${site.origin}/api/v1/companies/${companyId}/entries/bulk`
      const measured = []
      for (const mode of ['all', 'each']) {
        await post(`${address}?mode=${mode}`, bodyOf(`${mode} warm`, 1_000))
        const times: number[] = []
        for (let turn = 0; turn < pairs; turn++) {
          const body = bodyOf(`${mode} ${turn}`, entries)
          times.push(await timed(() => post(`${address}?mode=${mode}`, body)))
        }
        const detail = `${pairs} calls: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`
        measured.push(atMost({ name: `bulk-journals ${mode}`, measured: median(times), target: 2_000, detail }, 'ms'))
      }
      return measured
    } finally {
      await site.stop()
      await database.drop()
    }
  },
}

function bodyOf(name: string, count: number): string {
  const requests = Array.from({ length: count }, (_, index) => {
    const amount = `${1 + (index % 900)}.50`
    return {
      reference: `${name} ${index}`,
      date: `2011-${String(1 + (index % 12)).padStart(2, '0')}-15`,
      lines: [
        { role: 'expense', amount },
        { role: 'bank', amount: `-${amount}` },
      ],
    }
  })
  return JSON.stringify({ requests })
}

async function post(address: string, body: string): Promise<void> {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const text = await response.text()
  if (!response.ok || text.includes('"problem"')) throw new Error(`${response.status}: ${text.slice(0, 500)}`)
}
