import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs, inCompany, type Tx } from '../../src/kernel/database.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { addAccounts } from '../../src/ledger/accounts.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { listExceptions, placeUnknownCodes, raiseExceptions, rerunExceptions } from '../../src/modules/inbox/index.ts'
import { addMappingRulesByCode, applyMappingChange, postJournals, reclassify } from '../../src/modules/journal/index.ts'
import { issueDocuments } from '../../src/modules/sales/index.ts'
import {
  applyMappingOrAsk,
  decide,
  mergeOrAsk,
  reclassifyOrAsk,
  remedyOrAsk,
} from '../../src/modules/second-person/index.ts'
import { mergeAccounts } from '../../src/modules/structures/index.ts'
import { listTaxCodes } from '../../src/modules/tax/index.ts'
import { runChecks } from '../../src/reports/checks/index.ts'
import { day, openShop, type Shop } from '../support/shop.ts'

/**
 * Whatever two people do by whichever way, by the commands that ask and by those that do not, there is no entry that moves lines by more than the
 * limit without a request that the other one of them has approved.
 */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const limitMinor = 1000n
const spare = ['9901', '9902', '9903'] as const
const people = ['user:1', 'user:1:key:4', 'user:2'] as const
const account = fc.constantFrom(...spare)
const minor = fc.integer({ min: 400, max: 1600 })

const step = fc.oneof(
  fc.record({ do: fc.constant('income' as const), minor, onto: fc.option(account, { nil: null }) }),
  fc.record({ do: fc.constant('suspense' as const), minor, code: fc.constantFrom('PARTY', 'FETE', 'BALL') }),
  fc.record({ do: fc.constant('rule' as const), account }),
  fc.record({ do: fc.constant('map' as const), account, asks: fc.constantFrom(true, true, false) }),
  fc.record({ do: fc.constant('merge' as const), account, into: account, asks: fc.constantFrom(true, true, false) }),
  fc.record({
    do: fc.constant('move' as const),
    account,
    which: fc.nat({ max: 9 }),
    asks: fc.constantFrom(true, true, false),
  }),
  fc.record({
    do: fc.constant('remedy' as const),
    how: fc.constantFrom('item', 'charge', 'again'),
    asks: fc.constantFrom(true, true, false),
  }),
  fc.record({
    do: fc.constant('decide' as const),
    which: fc.nat({ max: 1 }),
    approves: fc.constantFrom(true, true, false),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const steps = fc.array(fc.record({ one: step, by: fc.constantFrom(...people) }), { minLength: 24, maxLength: 32 })

async function play(tx: Tx, one: Step, place: number, standard: bigint): Promise<void> {
  const direct = { reason: 'direct', author: tx.actor }
  switch (one.do) {
    case 'income': {
      const amountMinor = BigInt(one.minor)
      const other = one.onto === null ? { role: 'other_income' as const } : { account: one.onto }
      const lines = [
        { role: 'bank' as const, amountMinor },
        { ...other, amountMinor: -amountMinor },
      ]
      const journal = { reference: `j${place}`, date: day('2024-01-10'), lines }
      await postJournals(tx, [journal], tx.actor, { approved: true })
      return
    }
    case 'suspense':
      return await sell(tx, one, place, standard)
    case 'rule':
      await addMappingRulesByCode(tx, [{ role: 'other_income', account: one.account }], tx.actor)
      return
    case 'map': {
      const rules = [{ role: 'other_income', account: one.account }]
      await (one.asks ? applyMappingOrAsk(tx, { rules, reason: 'asked' }) : applyMappingChange(tx, { rules }, direct))
      return
    }
    case 'merge': {
      const merge = { from: [one.account], into: one.into, reason: 'merged' }
      await (one.asks ? mergeOrAsk(tx, merge) : mergeAccounts(tx, merge))
      return
    }
    case 'move': {
      const [line] = await tx.query<{ entryId: bigint; lineNo: number }>(
        `select l.entry_id as "entryId", l.line_no as "lineNo" from journal_line l join account a on a.company_id = $1 and a.id = l.account_id
           where l.company_id = $1 and a.class = 'income' order by l.entry_id offset $2 limit 1`,
        [tx.companyId, one.which],
      )
      if (line === undefined) return
      const move = { ...line, toAccount: one.account, date: day('2024-01-20'), reason: 'by hand' }
      await (one.asks ? reclassifyOrAsk(tx, [move], 'all') : reclassify(tx, [move]))
      return
    }
    case 'remedy': {
      const ids = (await listExceptions(tx, { states: ['open', 'in_progress'] })).map(({ id }) => id)
      const standsFor = one.how === 'item' ? ('item' as const) : ('charge' as const)
      const how = one.how === 'again' ? { again: true as const } : { standsFor }
      if (one.asks)
        await remedyOrAsk(
          tx,
          ids.map((id) => ({ id, ...how })),
        )
      else if (one.how === 'again') await rerunExceptions(tx, ids)
      else
        await placeUnknownCodes(
          tx,
          ids.map((id) => ({ id, standsFor })),
        )
      return
    }
    case 'decide': {
      const rows = await tx.query<{ id: bigint }>(
        `select id from approval_request where company_id = $1 and state = 'pending' order by id offset $2 limit 1`,
        [tx.companyId, one.which],
      )
      const [request] = rows
      if (request !== undefined)
        await decide(tx, { id: request.id, decision: one.approves ? 'approved' : 'declined', reason: 'so' })
    }
  }
}

async function sell(tx: Tx, { code, minor }: Extract<Step, { do: 'suspense' }>, place: number, taxCodeId: bigint) {
  const netMinor = BigInt(minor)
  await issueDocuments(tx, [
    {
      source: 'orders',
      number: `S${place}`,
      kind: 'invoice',
      issuedOn: day('2024-01-05'),
      customer: { number: 'Anna', name: 'Anna' },
      destination: '',
      country: 'GB',
      settlement: 'on_account',
      currency: 'GBP',
      prices: 'net',
      rounding: 'per_document',
      taxes: [],
      lines: [
        {
          itemCode: null,
          code,
          description: code,
          quantity: '1',
          unitPrice: '1',
          netMinor,
          taxCodeId,
          role: 'sales_suspense',
        },
      ],
      contentHash: Buffer.from(`S${place} ${netMinor}`),
    },
  ])
  const message = `Nobody has said what ${code} stands for`
  await raiseExceptions(tx, [
    { kind: 'unknown_code', source: 'orders', subject: code, message, amountMinor: netMinor, currency: 'GBP' },
  ])
}

/** The entries that move lines by more than the limit, and whether somebody else has approved each. */
const large = (tx: Tx): Promise<{ approved: boolean }[]> =>
  tx.query(
    `select exists (select from approval_entry p join approval_request r on r.company_id = $1 and r.id = p.approval_id
          where p.company_id = $1 and p.entry_id = e.id and r.state = 'approved' and person_of(r.decided_by) <> person_of(r.requested_by)
            and r.requested_by = e.posted_by) as approved
        from journal_entry e where e.company_id = $1 and e.rule = 'reclassification'
          and (select sum(l.amount_minor) from journal_line l where l.company_id = $1 and l.entry_id = e.id and l.amount_minor > 0) > $2`,
    [tx.companyId, limitMinor],
  )

test('no entry moves more than the limit without the approval of another person', async () => {
  let approved = 0
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const companyId = await createCompany(shop.database, { name: 'Moves', country: 'GB', currency: 'GBP' })
      const work = <T>(by: string, act: (tx: Tx) => Promise<T>) =>
        inCompany(actingAs(shop.database, by), companyId, act)
      const standard = await work('user:1', async (tx) => {
        await addAccounts(
          tx,
          spare.map((code) => ({ code, name: code, class: 'income' as const })),
        )
        await tx.query(
          `insert into approval_rule (company_id, kind, above_minor, active) values ($1, 'journal', $2, true)`,
          [tx.companyId, limitMinor],
        )
        return (await listTaxCodes(tx)).find(({ kind }) => kind === 'outside_scope')?.id as bigint
      })
      for (const [place, { one, by }] of all.entries())
        await work(by, (tx) => play(tx, one, place, standard)).catch((error) => {
          if (!(error instanceof Refusal)) throw error
        })
      const found = await work('user:1', large)
      approved += found.length
      expect(found.filter((entry) => !entry.approved)).toEqual([])
      const { checks } = await work('user:1', runChecks)
      expect(checks.filter(({ result }) => result === 'broken')).toEqual([])
    }),
    { numRuns: 12, seed: 4 },
  )
  expect(approved).toBeGreaterThan(0)
}, 120_000)
