import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, owner, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await draft('d1')
})
afterAll(() => site.close())

const lines = [
  { role: 'bank', amount: '1.00' },
  { role: 'share_capital', amount: '-1.00' },
]
const draft = (reference: string) =>
  site.post(`${company}/journals/drafts`, { requests: [{ reference, date: '2011-01-31', lines }] })

const pdf = Buffer.from('%PDF-1.7\nthe bill')
const upload = (of: string, content: Buffer, name = 'bill.pdf', type = 'application/octet-stream') =>
  site.ask(`${company}/attachments?subject=journal&of=${of}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(content),
  })
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

test('a file is kept whole beside a draft, served to be taken away, and removed from the draft alone', async () => {
  const added = await upload('d1', pdf, '../Überweisung "1".pdf')
  expect(added.status).toBe(201)
  const kept = (await added.json()) as { id: string; sha256: string; mediaType: string; name: string }
  expect(kept).toMatchObject({ mediaType: 'application/pdf', name: 'Überweisung "1".pdf' })
  expect(kept.sha256).toBe(createHash('sha256').update(pdf).digest('hex'))
  expect(((await (await upload('d1', pdf)).json()) as { id: string }).id).toBe(kept.id)

  const taken = await site.get(`${company}/attachments/${kept.id}/content`)
  expect(Buffer.from(await taken.arrayBuffer())).toEqual(pdf)
  expect(taken.headers.get('content-type')).toBe('application/pdf')
  expect(taken.headers.get('x-content-type-options')).toBe('nosniff')
  expect(taken.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(taken.headers.get('content-disposition')).toBe(
    `attachment; filename="_berweisung _1_.pdf"; filename*=UTF-8''%C3%9Cberweisung%20%221%22.pdf`,
  )

  const remove = (id: string) =>
    site.ask(`${company}/attachments/${id}`, { method: 'DELETE', headers: { 'content-type': 'application/json' } })
  const other = (await (await upload('d1', Buffer.from('note'), 'note.txt')).json()) as {
    id: string
    mediaType: string
  }
  expect(other.mediaType).toBe('text/plain')
  expect((await remove(other.id)).status).toBe(200)
  expect(await codeOf(await remove(other.id))).toBe('attachment_unknown')

  await site.post(`${company}/journals/drafts/post`, { requests: [{ reference: 'd1' }] })
  expect(await codeOf(await remove(kept.id))).toBe('append_only')
  const journals = (await (await site.get(`${company}/journals`)).json()) as { rows: { entryId: string }[] }
  const listed = await site.get(`${company}/attachments?subject=entry&of=${journals.rows[0]?.entryId}`)
  expect(((await listed.json()) as { rows: { id: string }[] }).rows.map(({ id }) => id)).toEqual([kept.id])
  expect(journals.rows[0]).toMatchObject({ postedByName: owner.name })
})

test('an empty file, a large one, one that is something else, and one beside nothing are refused', async () => {
  await draft('d2')
  expect(await codeOf(await upload('d2', Buffer.alloc(0)))).toBe('attachment_empty')
  expect(await codeOf(await upload('d2', Buffer.from('MZ'), 'bill.pdf', 'application/pdf'))).toBe(
    'attachment_type_differs',
  )
  expect(await codeOf(await upload('nothing', pdf))).toBe('journal_unknown')
  const beside = (subject: string) => site.get(`${company}/attachments?subject=${subject}&of=nothing`)
  expect(await codeOf(await beside('entry'))).toBe('entry_unknown')
  expect(await codeOf(await beside('sales_document'))).toBe('document_unknown')
  const large = await upload('d2', Buffer.alloc(20 * 1024 * 1024 + 1, 'x'))
  expect([413, 422]).toContain(large.status)
  const marked = await upload('d2', Buffer.from('<html><script>alert(1)</script>'), 'page.html', 'text/html')
  expect(await codeOf(marked)).toBe('attachment_type_differs')
})

test('templates, recurring journals and drafts are kept through the API', async () => {
  const one = async (path: string, request: unknown) => {
    const response = await site.post(`${company}/${path}`, { requests: [request] })
    const { results } = (await response.json()) as { results: Record<string, unknown>[] }
    expect(response.status, path).toBe(201)
    return results[0]
  }
  const rows = async (path: string) =>
    ((await (await site.get(`${company}/${path}`)).json()) as { rows: Record<string, unknown>[] }).rows
  const definition = {
    description: 'Wages {month}',
    parameters: [{ name: 'amount', kind: 'amount', label: 'Wages' }],
    lines: [
      { role: 'payroll', side: 'debit', amount: 'amount' },
      { role: 'bank', side: 'credit', rest: true },
    ],
  }
  expect(await one('journal-templates', { name: 'wages', title: 'Wages', definition })).toMatchObject({ version: 1 })
  expect((await rows('journal-templates')).map(({ name }) => name)).toContain('wages')
  const filled = { template: 'wages', reference: 'w1', date: '2011-01-31', parameters: { amount: '900.00' } }
  expect(await one('journals/from-templates', filled)).toMatchObject({ result: 'created', date: '2011-01-31' })
  const schedule = { every: 'month', startsOn: '2011-02-01', endsOn: '2011-12-31' }
  const wages = { name: 'wages', template: 'wages', parameters: { amount: '900.00' }, ...schedule }
  expect(await one('recurring-journals', wages)).toMatchObject({ nextDueOn: '2011-02-28', state: 'active' })
  expect(await rows('recurring-journals/upcoming?until=2011-03-31')).toHaveLength(2)
  const change = { name: 'wages', change: 'pause', on: '2011-03-01' }
  expect(await one('recurring-journals/changes', change)).toMatchObject({ state: 'paused' })
  expect(await rows('recurring-journals')).toMatchObject([{ name: 'wages', authorName: owner.name }])
  expect(await rows('recurring-journals/days?name=wages')).toEqual([])
  const retry = { requests: [{ name: 'wages', dueOn: '2011-02-28' }] }
  expect(await codeOf(await site.post(`${company}/recurring-journals/retries`, retry))).toBe('due_day_not_refused')
  expect(await one('journals/drafts', { reference: 'd3', date: '2011-01-31', lines })).toMatchObject({ state: 'draft' })
  expect(await one('journals/drafts/discard', { reference: 'd3' })).toEqual({ result: 'saved' })
  expect(await rows('journals?state=discarded')).toMatchObject([{ reference: 'd3', writtenByName: owner.name }])
  expect((await rows('journal-templates')).find(({ name }) => name === 'wages')).toMatchObject({
    authorName: owner.name,
  })
})
