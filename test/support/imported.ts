import { orderExport, type Site } from './site.ts'

/** Imports an order export with two codes that nobody knows, and waits until it is in the books. */
export async function importOrders(site: Site, company: string, content = withAnotherCode): Promise<void> {
  const uploaded = await site.send('POST', `${company}/imports/files?name=orders.csv`, content, {
    'content-type': 'text/csv',
  })
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const files = [{ name: 'orders.csv', sha256 }]
  const started = await site.post(`${company}/imports`, { format: 'online-retail', files, dryRun: false })
  if (started.status !== 202) throw new Error(await started.text())
  const state = async (): Promise<string | undefined> => {
    const { rows } = (await (await site.get(`${company}/imports`)).json()) as { rows: { state: string }[] }
    return rows[0]?.state
  }
  for (let now = await state(); now !== 'done'; now = await state()) {
    if (now !== 'running') throw new Error(`the import is ${now}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

const withAnotherCode = `${orderExport}536369,PARTY,BALLOONS,1,2010-12-02 11:05:00,7.10,17850,United Kingdom
`
