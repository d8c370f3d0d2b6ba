import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../../../src/kernel/database.ts'
import { Refusal } from '../../../src/kernel/refusal.ts'
import {
  dismissExceptions,
  exceptionsById,
  listExceptions,
  placeUnknownCodes,
  raiseExceptions,
  rerunExceptions,
} from '../../../src/modules/inbox/index.ts'
import { reclassify, reverseJournals } from '../../../src/modules/journal/index.ts'
import { issueDocuments } from '../../../src/modules/sales/index.ts'
import { listTaxCodes } from '../../../src/modules/tax/index.ts'
import { suspenseHasExceptions } from '../../../src/reports/checks/suspense-has-exceptions.ts'
import { day, openShop, type Shop } from '../../support/shop.ts'

/**
 * Whatever sequence of placing codes, moving lines by hand, taking such entries back and taking that back again: what stands in suspense is what the
 * exceptions say that are not closed as done.
 */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const code = fc.constantFrom('PARTY', 'FETE')
const which = fc.nat({ max: 30 })
const step = fc.oneof(
  fc.record({ do: fc.constant('sell' as const), code, minor: fc.integer({ min: -900, max: 900 }) }),
  fc.record({
    do: fc.constant('place' as const),
    code,
    standsFor: fc.constantFrom('item' as const, 'charge' as const),
  }),
  fc.record({ do: fc.constant('again' as const), code }),
  fc.record({ do: fc.constant('dismiss' as const), code }),
  { arbitrary: fc.record({ do: fc.constant('move' as const), which, to: fc.nat({ max: 2 }) }), weight: 3 },
  { arbitrary: fc.record({ do: fc.constant('reverse' as const), which }), weight: 5 },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const exceptionOf = async (tx: Tx, code: string): Promise<bigint> =>
  (await listExceptions(tx)).find(({ subject }) => subject === code)?.id ?? 0n

/** A document with a line of an unknown code in suspense and one of sales, and its exception. */
async function sell(tx: Tx, number: string, code: string, netMinor: bigint): Promise<void> {
  const standard = (await listTaxCodes(tx)).find(({ kind }) => kind === 'standard')
  const taxCodeId = standard?.id as bigint
  const line = { itemCode: null, code, description: '', quantity: '1', unitPrice: '1', netMinor, taxCodeId }
  const authority = standard?.authority ?? null
  await issueDocuments(tx, [
    {
      source: 'online-retail',
      number,
      kind: netMinor > 0n ? 'invoice' : 'credit_note',
      issuedOn: day('2011-03-01'),
      customer: { number: 'Anna', name: 'Anna' },
      destination: 'United Kingdom',
      country: 'GB',
      settlement: 'on_account',
      currency: 'GBP',
      prices: 'net',
      rounding: 'per_document',
      taxes: [{ taxCodeId, authority, baseMinor: 2n * netMinor, taxMinor: (2n * netMinor) / 5n }],
      lines: [
        { ...line, role: 'sales_suspense' },
        { ...line, role: 'sales' },
      ],
      contentHash: Buffer.from(`${number} ${netMinor}`),
    },
  ])
  const raised = { kind: 'unknown_code' as const, source: 'online-retail', subject: code, message: 'What is it?' }
  await raiseExceptions(tx, [{ ...raised, amountMinor: netMinor, currency: 'GBP' }])
}

type Line = { entryId: bigint; lineNo: number }
const linesOfDocuments = (tx: Tx): Promise<Line[]> =>
  tx.query<Line>(
    `select entry_id as "entryId", line_no as "lineNo" from journal_line
       where company_id = $1 and document_line_no is not null order by entry_id desc, line_no`,
    [tx.companyId],
  )
const entriesOfMoves = (tx: Tx): Promise<{ entryId: bigint }[]> =>
  tx.query<{ entryId: bigint }>(
    `select id as "entryId" from journal_entry where company_id = $1 and source_kind in ('journal_line', 'journal_entry')
       order by id desc`,
    [tx.companyId],
  )
const at = <One>(all: readonly One[], index: number): One[] => all.slice(index % Math.max(all.length, 1)).slice(0, 1)

async function play(tx: Tx, one: Step, place: number): Promise<void> {
  switch (one.do) {
    case 'sell':
      return await sell(tx, `S${place}`, one.code, one.minor === 0 ? 5n : BigInt(one.minor))
    case 'place':
      await placeUnknownCodes(tx, [{ id: await exceptionOf(tx, one.code), standsFor: one.standsFor }])
      return
    case 'again':
      await rerunExceptions(tx, [await exceptionOf(tx, one.code)])
      return
    case 'dismiss':
      return await dismissExceptions(tx, [{ id: await exceptionOf(tx, one.code), body: 'never mind' }])
    case 'move': {
      const toAccount = ['4000', '4800', '4400'][one.to] as string
      const on = { toAccount, date: day('2011-03-02'), reason: `by hand ${place}` }
      await reclassify(
        tx,
        at(await linesOfDocuments(tx), one.which).map((line) => ({ ...line, ...on })),
      )
      return
    }
    case 'reverse':
      await reverseJournals(tx, at(await entriesOfMoves(tx), one.which))
  }
}

async function tried(tx: Tx, act: () => Promise<void>): Promise<boolean> {
  await tx.query('savepoint one')
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await tx.query('rollback to savepoint one')
    return false
  }
}

class TakenBack extends Error {}

test('exceptions follow their lines, whatever moves them', async () => {
  const done = new Map<string, number>()
  const first: Step[] = [
    { do: 'sell', code: 'PARTY', minor: 500 },
    { do: 'sell', code: 'FETE', minor: 300 },
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
      const run = shop.work(async (tx) => {
        for (const [place, one] of [...first, ...steps].entries()) {
          if (await tried(tx, () => play(tx, one, place))) done.set(one.do, (done.get(one.do) ?? 0) + 1)
          expect([one, await suspenseHasExceptions.run(tx)]).toEqual([one, expect.objectContaining({ result: 'held' })])
        }
        throw new TakenBack()
      })
      await run.catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error
      })
    }),
    { numRuns: 25 },
  )
  // None of them was refused each time.
  expect([...done.keys()].sort()).toEqual(['again', 'dismiss', 'move', 'place', 'reverse', 'sell'])
})

test('a code that was placed by hand and whose entry is taken back is open again, with its amount and a new day; taken back again, it is closed', async () => {
  await shop.work(async (tx) => {
    await sell(tx, 'R1', 'LATE', 500n)
    const id = await exceptionOf(tx, 'LATE')
    const [line] = (await linesOfDocuments(tx)) as [Line]
    await reclassify(tx, [{ ...line, toAccount: '4000', date: day('2011-03-02'), reason: 'by hand' }])
    const state = async () => (await exceptionsById(tx, [id]))[0]
    expect(await state()).toMatchObject({ state: 'resolved' })
    const [placed] = await entriesOfMoves(tx)
    const [reversal] = await reverseJournals(tx, [placed as { entryId: bigint }])
    expect(await state()).toMatchObject({ state: 'open', amountMinor: 500n, resolution: '', closedBy: null })
    expect((await state())?.notes.at(-1)).toMatchObject({
      kind: 'reopened',
      body: 'What it is about is in suspense again',
    })
    await reverseJournals(tx, [{ entryId: reversal?.entryId as bigint }])
    expect(await state()).toMatchObject({ state: 'resolved', resolution: 'Nothing of it is in suspense any more' })
  })
})
