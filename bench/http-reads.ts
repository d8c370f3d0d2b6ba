import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, atMost, type Figure, type Measured, median } from './support/figure.ts'
import { fillBooks } from './support/fill-books.ts'
import { fillDocuments } from './support/fill-documents.ts'
import { openCompany } from './support/posting-job.ts'
import { startSite } from './support/start-site.ts'

const clients = 16
const documents = 1_000_000
const entries = 100_000

type Turn = { perSecond: number; p99: number }

/** Reads by 16 clients at once over HTTP, the server in a process of its own: how many a second, and how long the slowest in a hundred takes. */
export const httpReads: Figure = {
  name: 'http-reads',
  always: true,
  effort: { named: { pairs: 5, sideMs: 8_000 }, together: { pairs: 3, sideMs: 4_000 } },
  async measure(server, { pairs, sideMs }) {
    const database = await server.open()
    const companyId = await openCompany(database)
    await fillBooks(database, companyId, entries)
    await fillDocuments(database, companyId, documents)
    const site = await startSite(database.url)
    try {
      const at = `${site.origin}/api/v1/companies/${companyId}`
      const looks = {
        'trial balance': (n: number) => `${at}/reports/trial-balance?asOf=${dayOf(n)}`,
        'page of documents': (n: number) => `${at}/documents?limit=50&to=${dayOf(n)}`,
      }
      const measured: Measured[] = []
      for (const [name, address] of Object.entries(looks)) {
        await readFor(address, 1_000) // fills caches and prepares statements
        const turns: Turn[] = []
        for (let turn = 0; turn < pairs; turn++) turns.push(await readFor(address, sideMs))
        measured.push(...figuresOf(name, turns))
      }
      return measured
    } finally {
      await site.stop()
      await database.drop()
    }
  },
}

const dayOf = (n: number): string =>
  `2011-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`

function figuresOf(name: string, turns: readonly Turn[]): Measured[] {
  const rates = turns.map(({ perSecond }) => perSecond)
  const slow = turns.map(({ p99 }) => p99)
  const each = (values: readonly number[]) =>
    `${values.length} turns: ${values.map((value) => value.toFixed(0)).join(' ')}`
  return [
    atLeast({ name: `http-reads ${name}`, measured: median(rates), target: 500, detail: each(rates) }, '/s'),
    atMost({ name: `http-reads ${name}, p99`, measured: median(slow), target: 60, detail: each(slow) }, 'ms'),
  ]
}

/** Every client asks again as soon as it is answered. Throws where an answer is none. */
async function readFor(address: (n: number) => string, forMs: number): Promise<Turn> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  const began = performance.now()
  let asked = 0
  const client = async (): Promise<void> => {
    while (performance.now() - began < forMs) {
      const at = performance.now()
      await read(address(asked++), agent)
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const lasted = performance.now() - began
  agent.destroy()
  await sleep(50)
  times.sort((a, b) => a - b)
  return { perSecond: (times.length / lasted) * 1000, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN }
}

function read(address: string, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    const asked = request(address, { agent }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
      })
      response.on('error', fail)
      response.on('end', () => {
        if (response.statusCode === 200 && bytes > 300) done()
        else fail(new Error(`${address} was answered by ${response.statusCode} and ${bytes} bytes`))
      })
    })
    asked.on('error', fail)
    asked.end()
  })
}
