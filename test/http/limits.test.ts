import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inCompanyAsOwner, type Tx } from '../../src/kernel/database.ts'
import { newCompany, openSite, type Site } from '../support/site.ts'

let site: Site
let company: string
beforeAll(async () => {
  site = await openSite()
  company = await newCompany(site)
  await send('items', { code: 'mug', name: 'Mug' })
})
afterAll(() => site.close())

const send = (path: string, request: unknown) => site.post(`${company}/${path}`, { requests: [request] })
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code
const invoice = (number: string, more: object = {}) => ({
  number,
  on: '2024-03-01',
  customer: { number: 'Anna' },
  lines: [{ item: 'mug', quantity: '1', unitPrice: '10.00', ...more }],
})

describe('what no column can hold', () => {
  it('is declined in words', async () => {
    const huge = await send('invoices', invoice('H1', { quantity: '999999999999', unitPrice: '999999999999' }))
    expect([huge.status, await codeOf(huge)]).toEqual([422, 'number_too_large'])
    const credit = { number: 'H2', invoice: 'H0', on: '2024-03-01', lines: [{ lineNo: 2 ** 40, quantity: '1' }] }
    expect((await send('invoices', invoice('H0'))).status).toBe(201)
    expect((await send('credit-notes', credit)).status).toBe(404)
    const line = { entryId: '1', lineNo: 2 ** 40, toAccount: '4000', date: '2024-03-01', reason: 'because' }
    expect(await codeOf(await send('reclassifications', line))).toBe('number_too_large')
    const nul = await send('invoices', invoice('H\u0000'))
    expect([nul.status, await codeOf(nul)]).toEqual([400, 'input_invalid'])
    expect(site.logged).toEqual([])
  })
})

describe('a mapping rule', () => {
  const rule = (role: string, account: string) => site.post(`${company}/mapping-rules`, { role, account })
  const codeOfRole = async (role: string): Promise<string> => {
    const { rows } = (await (await site.get(`${company}/accounts`)).json()) as {
      rows: { code: string; role: string }[]
    }
    return rows.find((row) => row.role === role)?.code ?? ''
  }

  it('leads neither into a sub-ledger nor out of it', async () => {
    for (const [role, played] of [
      ['sales', 'receivable'],
      ['receivable', 'bank'],
      ['gift_card_liability', 'customer_deposits'],
    ] as const) {
      const response = await rule(role, await codeOfRole(played))
      expect([response.status, await codeOf(response)]).toEqual([422, 'mapping_leaves_sub_ledger'])
    }
    const another = { code: '1199', name: 'Receivable, abroad', class: 'asset', role: 'receivable' }
    expect((await site.post(`${company}/accounts`, another)).status).toBe(201)
    expect((await rule('receivable', '1199')).status).toBe(201)
  })
})

describe('a command that the database ends because of a deadlock', () => {
  it('begins again', async () => {
    const card = { reference: 'S', code: 'G', purpose: 'multi', on: '2024-03-01', paid: '5.00', method: 'card' }
    expect((await send('gift-cards/sales', card)).status).toBe(201)
    expect((await send('invoices', invoice('D1'))).status).toBe(201)
    const companyId = BigInt(company.split('/').at(-1) ?? '')
    let response: Promise<Response> | undefined
    // Redeeming locks the card and then the invoice's item. This one goes the other way.
    await inCompanyAsOwner(site.database, companyId, async (tx) => {
      await tx.query(`set local deadlock_timeout = '1min'`) // the command is the one to find out
      await tx.query(`select from open_item for update`)
      const use = { reference: 'U', code: 'G', invoice: 'D1', on: '2024-03-02', amount: '5.00' }
      response = Promise.resolve(send('gift-cards/redemptions', use))
      await oneWaits(tx)
      await tx.query('select from gift_card for update')
    })
    expect((await (response as Promise<Response>)).status).toBe(201)
  })
})

async function oneWaits(tx: Tx): Promise<void> {
  for (;;) {
    const waiting = await tx.query(
      'select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)) limit 1',
    )
    if (waiting.length > 0) return
  }
}
