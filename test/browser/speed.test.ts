import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Admin, chromiumMissing, chromiumPath, openAdmin } from '../support/admin.ts'
import { goToScreen, openScreen } from '../support/waits.ts'

/** Within the company: its first screen, lists, a ledger, and reports of both kinds. */
const screens = ['home', 'documents', 'inbox', 'ledger/1200', 'reports/trial-balance', 'reports/balance-sheet']

const quietMs = 80

/**
 * How many rounds of requests a screen takes: every request waits until no other has come for a while, and then all go on at once. What asks only after
 * an answer is another round, however fast the machine is.
 */
async function countRounds(page: Page, open: () => Promise<unknown>): Promise<string[][]> {
  const rounds: string[][] = []
  let held: (() => void)[] = []
  let asked: string[] = []
  let timer: NodeJS.Timeout | undefined
  const release = () => {
    rounds.push(asked)
    const all = held
    held = []
    asked = []
    for (const go of all) go()
  }
  await page.route('**/*', async (route) => {
    asked.push(new URL(route.request().url()).pathname)
    clearTimeout(timer)
    timer = setTimeout(release, quietMs)
    await new Promise<void>((go) => held.push(go))
    await route.continue()
  })
  await open()
  await page.unroute('**/*')
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
      const rounds = await countRounds(page, async () => {
        await goToScreen(page, admin.at(''), screen)
        await page.waitForTimeout(2 * quietMs)
      })
      expect(rounds.length, screen).toBeGreaterThan(0)
      if (rounds.length > 2) deep[screen] = rounds
    }
    expect(deep).toEqual({})
    expect(wrong).toEqual([])
    await close()
  })
})
