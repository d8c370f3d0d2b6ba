import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, keyOf } from '../support/people.ts'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await done('items', [{ code: 'MUG', name: 'Mug' }])
  const line = { item: 'MUG', quantity: '3', unitPrice: '10.00' }
  const sold = { on: '2024-03-01', customer: { number: 'C1', name: 'Anna' }, lines: [line] }
  await done('invoices', [{ ...sold, number: 'INV-1' }])
  await done('credit-notes', [
    { number: 'CN-1', invoice: 'INV-1', on: '2024-03-05', lines: [{ lineNo: 1, quantity: '1' }] },
  ])
  const capture = { source: 'stripe', method: 'card', customer: { number: 'C1' }, on: '2024-03-04', amount: '12.00' }
  await done('payments/captures', [{ ...capture, reference: 'pi_1', invoice: 'INV-1' }])
  const payment = { source: 'stripe', reference: 'pi_1' }
  await done('payments/refunds', [{ source: 'stripe', reference: 're_1', payment, on: '2024-03-06', amount: '2.00' }])
})
afterAll(() => site.close())

async function done(path: string, requests: unknown[]): Promise<void> {
  const response = await site.post(`${company}/${path}`, { requests })
  expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
}

type Happened = {
  kind: string
  on: string
  name: string
  amount: { amount: string } | null
  by: unknown
  entryId: string | null
}
type Posted = { entryId: string; rule: string; lines: unknown[] }
type Timeline = { events: Happened[]; entries: Posted[] }
type Line = {
  moves: { entryId: string; otherLineNo: number }[]
  mapping: { authorName: string }
  sourceFile: string | null
  sourceRow: number | null
}
type Entry = { entryId: string; cause: unknown; writtenBy: { key: string | null }; lines: Line[] }

const get = async <Answer>(path: string): Promise<Answer> => {
  const response = await site.get(`${company}/${path}`)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as Answer
}

const documentId = async (number: string): Promise<string> =>
  (await get<{ rows: { id: string }[] }>(`documents?number=${number}`)).rows[0]?.id ?? ''
const timeline = async (number: string): Promise<Timeline> =>
  await get(`documents/${await documentId(number)}/timeline`)

test('a document tells what happened to it, by whom, and what was posted for it', async () => {
  const { events, entries } = await timeline('INV-1')
  expect(events.map(({ kind, on, name, amount }) => [kind, on, name, amount?.amount])).toEqual([
    ['issued', '2024-03-01', 'INV-1', '36.00'],
    ['paid', '2024-03-04', 'pi_1', '12.00'],
    ['credited', '2024-03-05', 'CN-1', '-12.00'],
    ['refunded', '2024-03-06', 're_1', '2.00'],
  ])
  expect(events[0]?.by).toMatchObject({ kind: 'person', name: 'Olive', key: null })
  expect(entries.map(({ rule }) => rule)).toEqual(['invoice-issued', 'payment-captured', 'refund-paid'])
  expect(entries[0]?.lines.length).toBeGreaterThan(2)
  const credited = await timeline('CN-1')
  expect(credited.events.map(({ kind }) => kind)).toEqual(['credits', 'issued'])
})

test('a line that was moved says where it went and why, the other entry where it came from, and the timeline has both', async () => {
  await done('invoices', [
    {
      number: 'INV-2',
      on: '2024-03-02',
      customer: { number: 'C1' },
      lines: [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }],
    },
  ])
  const { entryId } = (await timeline('INV-2')).entries[0] as Posted
  await done('reclassifications', [
    { entryId, lineNo: 2, toAccount: '4906', reason: 'A fee and no sale', date: '2024-03-03' },
  ])
  const entry = await get<Entry>(`entries/${entryId}`)
  const move = entry.lines[1]?.moves[0] as Line['moves'][number]
  expect(move).toMatchObject({ moved: 'away', from: '4000', to: '4906', on: '2024-03-03', reason: 'A fee and no sale' })
  const other = await get<Entry>(`entries/${move.entryId}`)
  expect(other.lines[move.otherLineNo - 1]?.moves).toMatchObject([{ moved: 'here', entryId, otherLineNo: 2 }])
  expect(other.cause).toMatchObject({ kind: 'journal_line', entryId })
  const { events, entries } = await timeline('INV-2')
  expect(events.map(({ kind }) => kind)).toEqual(['issued', 'reclassified'])
  expect(entries).toHaveLength(2)
})

test('an entry says for which event it was posted, by which rules, and who wrote those', async () => {
  const { entryId } = (await timeline('INV-1')).entries[0] as Posted
  const entry = await get<Entry>(`entries/${entryId}`)
  expect(entry).toMatchObject({
    writtenBy: { kind: 'person', name: 'Olive' },
    cause: { kind: 'sales_document', name: 'INV-1', documentId: await documentId('INV-1'), import: null, reason: null },
  })
  expect(entry.lines[1]).toMatchObject({ item: 'MUG', document: 'INV-1', documentId: await documentId('INV-1') })
  expect(entry.lines[1]?.mapping).toMatchObject({ role: 'sales', version: 1, conditions: {} })
  expect(entry.lines[1]?.mapping.authorName).toBeTruthy()
  const journal = {
    reference: 'RENT',
    date: '2024-03-07',
    reason: 'It is due',
    lines: [
      { role: 'bank', amount: '-10.00' },
      { account: '7100', amount: '10.00' },
    ],
  }
  const owner = await join(site, company, 'owner')
  const key = await keyOf(site, company, owner, ['journal.read', 'journal.post'])
  const posted = (await (await key.send('POST', `${company}/entries`, journal)).json()) as Entry
  expect(posted).toMatchObject({
    cause: { kind: 'manual_journal', name: 'RENT', reason: 'It is due' },
    writtenBy: { kind: 'key' },
  })
  expect(posted.writtenBy.key).toBeTruthy()
  const reversal = await site.post(`${company}/entries/${posted.entryId}/reverse`, {})
  expect(await reversal.json()).toMatchObject({ cause: { kind: 'journal_entry', entryId: posted.entryId } })
})

async function imported(content: string): Promise<void> {
  const uploaded = await site.send('POST', `${company}/imports/files?name=orders.csv`, content, {
    'content-type': 'text/csv',
  })
  const { sha256 } = (await uploaded.json()) as { sha256: string }
  const started = await site.post(`${company}/imports`, {
    format: 'online-retail',
    files: [{ name: 'orders.csv', sha256 }],
    dryRun: false,
  })
  const { id } = (await started.json()) as { id: string }
  for (let state = 'running'; state === 'running'; ) {
    await sleep(50)
    state = (await get<{ state: string }>(`imports/${id}`)).state
  }
}

test('what was imported leads to its run, its file and its row, and its exceptions stand in the timeline', async () => {
  await imported(orderExport)
  const { events, entries } = await timeline('536368')
  expect(events.map(({ kind, name }) => [kind, name])).toContainEqual(['exception_opened', 'unknown_code'])
  const entry = await get<Entry>(`entries/${entries[0]?.entryId}`)
  expect(entry.cause).toMatchObject({ name: '536368', import: { format: 'online-retail' } })
  const { lines } = await get<Entry>(`entries/${entries[0]?.entryId}`)
  expect(lines.map(({ sourceFile, sourceRow }) => [sourceFile, sourceRow])).toContainEqual(['orders.csv', 5])
})

test('exceptions of a document stand in its timeline as the inbox calls them, whatever letters its file has', async () => {
  const [head] = orderExport.split('\n')
  await imported(
    [
      head,
      '555001,dcgssBoy ,BOYS PARTY BAG,1,2010-12-02 11:00:00,3.33,17850,France',
      '555002,71053,WHITE METAL LANTERN,2,2010-12-02 11:00:00,3.39,17850,Unspecified',
    ].join('\n'),
  )
  const opened = async (number: string) =>
    (await timeline(number)).events.filter(({ kind }) => kind === 'exception_opened').map(({ name }) => name)
  expect(await opened('555001')).toEqual(['unknown_code'])
  expect(await opened('555002')).toEqual(['unclear_destination'])
  const reader = await join(site, company, 'owner')
  const key = await keyOf(site, company, reader, ['sales.read'])
  const path = `${company}/documents/${await documentId('555002')}/timeline`
  const { events } = (await (await key.get(path)).json()) as Timeline
  expect(events.map(({ kind }) => kind)).toEqual(['issued'])
})

test('who may not read the journal gets the events without the entries, and a document of nobody is none', async () => {
  const seller = await join(site, company, 'sales')
  const seen = async (number: string): Promise<Timeline> =>
    (await (await seller.get(`${company}/documents/${await documentId(number)}/timeline`)).json()) as Timeline
  const found = await seen('INV-1')
  expect([found.events.length, found.entries]).toEqual([4, null])
  // Where its lines stand is the journal's.
  expect((await seen('INV-2')).events.map(({ kind }) => kind)).toEqual(['issued'])
  expect((await site.get(`${company}/documents/999999/timeline`)).status).toBe(404)
})

test('a written-off invoice and a payment of several invoices stand in the timeline by what settled them', async () => {
  await done('invoices', [
    {
      number: 'INV-3',
      on: '2024-03-02',
      customer: { number: 'C2' },
      lines: [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }],
    },
  ])
  const received = { source: 'bank', reference: 'T1', into: 'bank', customer: { number: 'C2' }, on: '2024-05-01' }
  await done('payments/received', [{ ...received, invoices: ['INV-3'], amount: '5.00' }])
  await done('bad-debts', [{ reference: 'B1', invoice: 'INV-3', on: '2024-06-01', reason: 'Gone' }])
  const { events } = await timeline('INV-3')
  const found = events.map(({ kind, on, amount }) => [kind, on, amount?.amount])
  expect(found).toEqual([
    ['issued', '2024-03-02', '12.00'],
    ['paid', '2024-05-01', '5.00'],
    ['written_off', '2024-06-01', '7.00'],
  ])
  expect(events[2]?.entryId).toMatch(/^[0-9]+$/)
})
