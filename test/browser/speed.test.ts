import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'
import { goToScreen, openScreen } from '../support/waits.ts'

/** Within the company: its first screen, lists, a ledger, and reports of both kinds. */
const screens = ['home', 'documents', 'inbox', 'ledger/1200', 'reports/trial-balance', 'reports/balance-sheet']

/** What the page has asked may take a moment until it is heard of here. */
const quietMs = 50

/** How often in a row the page must have been idle before a round counts as asked in full. */
const idleTimes = 3

/** Waits until the page has nothing left to do: what it asks because of the answers it has, it has asked by then, however slow the machine is. */
const untilIdle = (page: Page) =>
  page.evaluate(`(async () => {
    for (let times = 0; times < ${idleTimes}; times += 1) {
      await new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))
    }
  })()`)

/**
 * How many rounds of requests a screen takes: what is asked waits until all answers of the round before have come and the page has done with them, and
 * then goes on at once. What asks only after an answer is another round.
 */
async function countRounds(page: Page, go: () => Promise<unknown>): Promise<string[][]> {
  const rounds: string[][] = []
  let held: Route[] = []
  const hold = async (route: Route): Promise<void> => {
    held.push(route)
  }
  await page.route('**/*', hold)
  let arrived = false
  const arriving = go().finally(() => {
    arrived = true
  })
  for (;;) {
    const before = held.length
    await untilIdle(page)
    await page.waitForTimeout(quietMs)
    if (held.length > before) continue
    if (held.length === 0 && arrived) break
    if (held.length === 0) continue
    const round = held
    held = []
    rounds.push(round.map((route) => new URL(route.request().url()).pathname))
    await Promise.all(
      round.map(async (route) => {
        await route.continue()
        await (await route.request().response())?.finished()
      }),
    )
  }
  await arriving
  await page.unroute('**/*', hold)
  return rounds
}

describe('the speed of screens', () => {
  if (chromiumPath === undefined) {
    test('in a browser', ({ skip }) => skip(chromiumMissing))
    return
  }
  let admin: Admin
  beforeAll(async () => {
    admin = await openAdmin()
    expect((await admin.site.post(`${admin.company}/checks`, {})).status).toBe(200)
  })
  afterAll(() => admin.close())

  test('no screen waits for more than two requests, one after the other; how long each takes is told', async () => {
    const { page, wrong, close } = await admin.open()
    const told: string[] = []
    for (const screen of screens) {
      const { ms } = await openScreen(page, admin.at(''), screen)
      told.push(`${screen} ${ms.toFixed(0)} ms`)
    }
    // Machines differ, so that what it took is told and not asserted.
    console.log(told.join(', '))
    const deep: Record<string, string[][]> = {}
    for (const screen of screens) {
      await page.goto(admin.at('settings'))
      await page.locator('main h1').waitFor()
      await page.waitForLoadState('networkidle')
      const rounds = await countRounds(page, () => goToScreen(page, admin.at(''), screen))
      expect(rounds.length, screen).toBeGreaterThan(0)
      if (rounds.length > 2) deep[screen] = rounds
    }
    expect(deep).toEqual({})
    expect(wrong).toEqual([])
    await close()
  })
})
