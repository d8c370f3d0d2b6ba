import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join } from '../support/people.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await site.post(`${company}/items`, { requests: [{ code: 'MUG', name: 'Mug' }] })
})
afterAll(() => site.close())

type Outcome = {
  status: number
  result?: { result: string; entryId: string }
  problem?: { code: string; errors?: { at: string }[] }
}
type Each = { done: number; refused: number; results: Outcome[] }

const entry = (reference: string, amount = '1.00', other = amount) => ({
  reference,
  date: '2024-03-01',
  lines: [
    { role: 'expense', amount },
    { role: 'bank', amount: `-${other}` },
  ],
})
const post = (path: string, requests: unknown[], more = {}) => site.post(`${company}/${path}`, { requests, ...more })
const each = async (path: string, requests: unknown[], more = {}): Promise<Each> => {
  const response = await post(`${path}?mode=each`, requests, more)
  expect(response.status).toBe(207)
  return (await response.json()) as Each
}
const codes = ({ results }: Each) => results.map(({ result, problem }) => problem?.code ?? result?.result)
const bankAt = async (day: string): Promise<string> => {
  const report = await site.get(`${company}/reports/trial-balance?asOf=${day}`)
  const { rows } = (await report.json()) as { rows: { role: string; balance: { amount: string } }[] }
  return rows.find(({ role }) => role === 'bank')?.balance.amount ?? '0.00'
}

describe('a list', () => {
  it('is done wholly or not at all, unless it is said otherwise', async () => {
    const before = await bankAt('2024-03-01')
    const refused = await post('entries/bulk', [entry('A1'), entry('A2', '1.00', '2.00')])
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, 'entry_not_balanced'])
    expect(await bankAt('2024-03-01')).toBe(before)
    expect((await post('entries/bulk', [entry('A1'), entry('A2')])).status).toBe(201)
  })

  it('of items says which were there already, and leaves those as they are', async () => {
    const requests = [
      { code: 'VASE', name: 'Vase' },
      { code: 'mug', name: 'Cup' },
      { code: 'VASE', name: 'Jug' },
    ]
    const { results } = (await (await post('items', requests)).json()) as {
      results: { result: string; itemId: string }[]
    }
    expect(results.map(({ result }) => result)).toEqual(['saved', 'existing', 'existing'])
    const items = await Promise.all(results.map(({ itemId }) => site.get(`${company}/items/${itemId}`)))
    const read = (await Promise.all(items.map((one) => one.json()))) as { name: string }[]
    expect(read.map(({ name }) => name)).toEqual(['Vase', 'Mug', 'Vase'])
  })

  it('in mode each answers for a request of the wrong form by itself, and does the others', async () => {
    const crooked = [{ reference: 'F2' }, 'F3', { ...entry('F4'), lines: 7 }, { ...entry('F5'), more: true }, null]
    const answer = await each('entries/bulk', [entry('F1'), ...crooked, entry('F6')])
    expect(codes(answer)).toEqual(['created', ...crooked.map(() => 'input_invalid'), 'created'])
    expect([answer.done, answer.refused]).toEqual([2, 5])
    const errors = answer.results.map(({ problem }) => problem?.errors?.map(({ at }) => at))
    expect(errors[1]).toEqual(['date', 'lines'])
    expect(errors[3]).toEqual(['lines'])
    // In mode all, and where it is no list, nothing is done.
    expect((await post('entries/bulk', [entry('F7'), ...crooked])).status).toBe(400)
    expect((await post('entries/bulk?mode=each', [])).status).toBe(400)
    expect((await site.post(`${company}/entries/bulk?mode=each`, { requests: 'F7' })).status).toBe(400)
    const seven = await each('entries/bulk', [entry('F7')])
    expect(codes(seven)).toEqual(['created'])
  })

  it('a request of the wrong form uses its key up no more than one that never came', async () => {
    const keys = ['form-1', 'form-2']
    const first = await each('entries/bulk', [{ reference: 'K1' }, entry('K2')], { idempotencyKeys: keys })
    expect(codes(first)).toEqual(['input_invalid', 'created'])
    const again = await each('entries/bulk', [entry('K1'), entry('K2')], { idempotencyKeys: keys })
    expect(codes(again)).toEqual(['created', 'created'])
    const short = await post('entries/bulk?mode=each', [{}, entry('K3')], { idempotencyKeys: ['one'] })
    expect(short.status).toBe(400)
  })

  it('in mode each is done as far as it can be, with an answer for each', async () => {
    const answer = await each('entries/bulk', [
      entry('B1'),
      entry('B2', '1.00', '2.00'),
      {
        ...entry('B3'),
        lines: [
          { account: 'none', amount: '1.00' },
          { role: 'bank', amount: '-1.00' },
        ],
      },
      {
        ...entry('B4'),
        lines: [
          { role: 'receivable', customer: 'nobody', amount: '1.00' },
          { role: 'bank', amount: '-1.00' },
        ],
      },
      entry('B1'),
      entry('A1', '5.00'),
      {
        ...entry('B5'),
        lines: [
          { role: 'receivable', amount: '1.00' },
          { role: 'bank', amount: '-1.00' },
        ],
      },
      entry('B6', '1.005'),
      entry('B7'),
    ])
    expect(codes(answer)).toEqual([
      'created',
      'entry_not_balanced',
      'account_unknown',
      'customer_unknown',
      'input_invalid',
      'fact_posted_differently',
      'control_account_needs_party',
      'input_invalid',
      'created',
    ])
    expect([answer.done, answer.refused]).toEqual([2, 7])
  })

  it('in mode each comes to what its items do one by one', async () => {
    const amount = fc.constantFrom('1.00', '2.50', '0.00', '1.005')
    const one = fc.record({ reference: fc.constantFrom('C1', 'C2', 'C3', 'C4', 'C5'), amount, other: amount })
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(one, { minLength: 1, maxLength: 8, selector: ({ reference }) => reference }),
        async (all) => {
          run += 1
          const [together, alone] = [await newCompany(site), await newCompany(site)]
          const entries = all.map(({ reference, amount, other }) => entry(`${reference}-${run}`, amount, other))
          const answer = await site.post(`${together}/entries/bulk?mode=each`, { requests: entries })
          const { results } = (await answer.json()) as Each
          for (const [index, wanted] of entries.entries()) {
            const response = await site.post(`${alone}/entries/bulk`, { requests: [wanted] })
            expect(results[index]?.status).toBe(response.status)
            const { code } = (await response.json()) as { code?: string }
            expect(results[index]?.problem?.code).toBe(code)
          }
          const balance = async (at: string) =>
            ((await (await site.get(`${at}/reports/trial-balance?asOf=2024-03-01`)).json()) as { rows: unknown[] }).rows
          expect(await balance(together)).toEqual(await balance(alone))
        },
      ),
      { numRuns: 15 },
    )
  })

  it('in mode each works for every list, also where only the database knows what is refused', async () => {
    const invoice = (number: string) => ({
      number,
      on: '2024-03-01',
      customer: { number: 'Anna' },
      lines: [{ item: 'MUG', quantity: '1', unitPrice: '10.00' }],
    })
    expect(codes(await each('invoices', [invoice('I1'), invoice('I2')]))).toEqual(['created', 'created'])
    const credit = (number: string, invoice: string, lineNo = 1) => ({
      number,
      invoice,
      on: '2024-03-02',
      lines: [{ lineNo, quantity: '1' }],
    })
    const notes = [
      credit('N1', 'I1'),
      credit('N2', 'I1'),
      credit('N3', 'none'),
      credit('N4', 'I2', 7),
      credit('N5', 'I2'),
    ]
    const [first, second, ...others] = codes(await each('credit-notes', notes))
    expect([first, second]).toEqual(['created', 'credit_exceeds_invoice'])
    expect(others).toEqual(['document_unknown', 'document_unknown', 'created'])
  })
})

describe('a list in mode preview', () => {
  type Preview = {
    results: { result: string }[]
    entries: { rule: string; lines: { account: string; amount: { amount: string } }[] }[] | null
    waits: boolean
  }
  const preview = async (by: Pick<Site, 'post'>, requests: unknown[], path = 'entries/bulk'): Promise<Preview> => {
    const response = await by.post(`${company}/${path}?mode=preview`, { requests }, { 'idempotency-key': 'preview' })
    expect(response.status).toBe(200)
    return (await response.json()) as Preview
  }

  it('says what it would post, in order, and keeps nothing of it', async () => {
    const before = await bankAt('2024-03-01')
    const { results, entries, waits } = await preview(site, [entry('P1', '3.00'), entry('P2', '4.00')])
    expect(results.map(({ result }) => result)).toEqual(['created', 'created'])
    expect(entries?.map(({ lines }) => lines.map(({ amount }) => amount.amount))).toEqual([
      ['3.00', '-3.00'],
      ['4.00', '-4.00'],
    ])
    expect(waits).toBe(false)
    expect(await bankAt('2024-03-01')).toBe(before)
    // The key is not used up, and the reference is free.
    const posted = await post('entries/bulk', [entry('P1', '3.00')])
    expect(((await posted.json()) as Preview).results[0]?.result).toBe('created')
    // What is there already would post nothing.
    const again = await preview(site, [entry('P1', '3.00')])
    expect([again.results[0]?.result, again.entries]).toEqual(['existing', []])
  })

  it('refuses what would be refused, also of the form', async () => {
    const refused = await post('entries/bulk?mode=preview', [entry('P3', '1.00', '2.00')])
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([422, 'entry_not_balanced'])
    expect((await post('entries/bulk?mode=preview', [{ reference: 'P3' }])).status).toBe(400)
    expect((await post('entries/bulk?mode=preview', [entry('P3')], { idempotencyKeys: ['p'] })).status).toBe(400)
  })

  it('says that a second person would be asked, who then is not', async () => {
    const asks = await newCompany(site)
    await site.send('PUT', `${asks}/approval-rules/journal`, { active: true, above: '0' })
    const answer = await site.post(`${asks}/entries/bulk?mode=preview`, { requests: [entry('P4')] })
    expect(await answer.json()).toEqual({ results: [], entries: [], waits: true })
    const pending = (await (await site.get(`${asks}/approvals`)).json()) as { rows: unknown[] }
    expect(pending.rows).toEqual([])
  })

  it('tells no entries to whoever may not read the journal', async () => {
    const seller = await join(site, company, 'sales')
    const item = { code: 'PREVIEWED', name: 'Previewed' }
    expect((await preview(seller, [item], 'items')).entries).toBeNull()
    expect((await preview(site, [item], 'items')).entries).toEqual([])
  })
})

describe('the keys of a list', () => {
  it('answer each item again, also in another list, and do nothing twice', async () => {
    const bad = entry('D2', '1.00', '9.00')
    const first = await each('entries/bulk', [entry('D1'), bad, entry('D3')], { idempotencyKeys: ['d1', 'd2', null] })
    expect(codes(first)).toEqual(['created', 'entry_not_balanced', 'created'])
    const before = await bankAt('2024-03-01')
    const again = await each('entries/bulk', [bad, entry('D1'), entry('D4')], { idempotencyKeys: ['d2', 'd1', 'd4'] })
    expect(codes(again)).toEqual(['entry_not_balanced', 'created', 'created'])
    expect(again.results[1]).toEqual(first.results[0])
    expect(Number(await bankAt('2024-03-01'))).toBe(Number(before) - 1)
  })

  it('are of one item: with another, or twice in a list, they are refused', async () => {
    const reused = await post('entries/bulk?mode=each', [entry('E1')], { idempotencyKeys: ['d1'] })
    expect([reused.status, ((await reused.json()) as { code: string }).code]).toEqual([422, 'idempotency_key_reused'])
    const twice = await post('entries/bulk?mode=each', [entry('E1'), entry('E2')], { idempotencyKeys: ['e', 'e'] })
    expect(twice.status).toBe(422)
  })

  it('are as many as the items, and go with mode each', async () => {
    expect((await post('entries/bulk?mode=each', [entry('F1')], { idempotencyKeys: ['f', 'g'] })).status).toBe(400)
    expect((await post('entries/bulk', [entry('F1')], { idempotencyKeys: ['f'] })).status).toBe(400)
  })

  it('let one of two lists that come at once do the work, and the other find its answer', async () => {
    const both = await Promise.all(
      ['g1', 'g2'].map(() => each('entries/bulk', [entry('G1'), entry('G2')], { idempotencyKeys: ['g1', 'g2'] })),
    )
    expect(both.map(codes)).toEqual([
      ['created', 'created'],
      ['created', 'created'],
    ])
    expect(both[0]?.results).toEqual(both[1]?.results)
  })
})

describe('the size of a list', () => {
  it('goes to 10,000, and its body beyond that of other requests', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...entry(`H${index}`), description: 'x'.repeat(500) }))
    const response = await post('entries/bulk', many)
    expect(response.status).toBe(201)
    expect(((await response.json()) as { results: unknown[] }).results).toHaveLength(10_000)
    expect((await post('entries/bulk', [...many, entry('H')])).status).toBe(400)
    const account = { code: '1', name: 'x'.repeat(5 * 1024 * 1024), class: 'asset' }
    expect((await site.post(`${company}/accounts`, account)).status).toBe(413)
    expect((await site.post(`${company}/entries/bulk`, { requests: 'x'.repeat(33 * 1024 * 1024) })).status).toBe(413)
  })
})
