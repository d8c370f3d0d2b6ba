import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { createAdaptorServer } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumMissing, chromiumPath } from './chromium.ts'
import type { Person } from './people.ts'
import { newCompany, openSite, type Site } from './site.ts'

export { chromiumMissing, chromiumPath }

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

type Look = {
  size?: keyof typeof sizes
  scheme?: 'light' | 'dark'
  /** Who is signed in; the owner of the installation without it, nobody with null. */
  as?: Person | null
}

/** A window of the admin application, and everything that went wrong in it so far. */
export type Window = { page: Page; wrong: string[]; context: BrowserContext; close(): Promise<void> }

export type Admin = {
  site: Site
  address: string
  browser: Browser
  /** Of the company, in the API: '/api/v1/companies/1'. */
  company: string
  /** The address of one of its screens: `at('documents')`. */
  at(path: string): string
  /** Opens a window, at a screen of the company where one is named. */
  open(path?: string, look?: Look): Promise<Window>
  /** Looks at a screen in light and dark, wide and narrow: axe finds nothing, it fits, and nothing goes wrong. */
  checkScreen(path: string, ready: (page: Page) => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

/**
 * The site behind a port, with Chromium beside it and a small shop made by commands: eight customers, two items, thirty invoices, a credit
 * note, payments and rent. Its owner is signed in.
 */
export async function openAdmin({ empty = false, makesSamples = false } = {}): Promise<Admin> {
  const site = await openSite({ makesSamples })
  const company = await newCompany(site, 'Garden Gifts')
  if (!empty) await keepShop(site, company)
  const server = createAdaptorServer({ fetch: site.bare.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const address = `http://localhost:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({ executablePath: chromiumPath as string, args: ['--no-sandbox'] })
  const at = (path: string) => `${address}/companies/${company.split('/').at(-1)}${path === '' ? '' : `/${path}`}`
  const profiles = new Profiles(browser, address)
  const open: Admin['open'] = async (path, look = {}) => {
    const window = await openWindow(await profiles.take(cookieFor(site, look.as)), address, look)
    if (path !== undefined) await window.page.goto(at(path))
    return window
  }
  return {
    site,
    address,
    browser,
    company,
    at,
    open,
    checkScreen: async (path, ready) => {
      const window = await open(path)
      for (const one of looks) await checkLook(window, ready, one)
      expect(window.wrong).toEqual([])
      await window.close()
    },
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      server.close()
      await site.close()
    },
  }
}

/** One way of looking at a screen; `colours` where nothing else differs from the look before. */
type ScreenLook = Required<Omit<Look, 'as'>> & { colours?: boolean }

// What differs by width is looked at in one scheme and what differs by scheme in one width: a fourth look would find nothing new.
const looks = [
  { size: 'desktop', scheme: 'light' },
  { size: 'desktop', scheme: 'dark', colours: true },
  { size: 'phone', scheme: 'dark' },
] as const
const colourRules = ['color-contrast', 'link-in-text-block']

const cookieFor = (site: Site, as: Person | null | undefined): string =>
  as === null ? '' : (as?.cookie ?? site.cookie)

type Profile = {
  context: BrowserContext /** Keeps it for another window, or ends it when only its test knows what it has done to it. */
  done(again: boolean): Promise<void>
}

/**
 * What a browser keeps for a person. A new one costs more than all that a window does with it, so each is used again by the next window of
 * the same person, once nobody has it; with nothing in it but the files of the application.
 */
class Profiles {
  readonly #free = new Map<string, BrowserContext[]>()
  readonly #browser: Browser
  readonly #address: string

  constructor(browser: Browser, address: string) {
    this.#browser = browser
    this.#address = address
  }

  async take(cookie: string): Promise<Profile> {
    const free = this.#free.get(cookie) ?? []
    this.#free.set(cookie, free)
    // Tests look at what is there, not at how it comes; whoever wants no movement has the same of it at once.
    const context = free.pop() ?? (await this.#browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' }))
    await context.clearCookies()
    const cookies = cookie.split('; ').filter((one) => one !== '')
    await context.addCookies(
      cookies.map((one) => {
        const [name = '', value = ''] = one.split(/=(.*)/s)
        return { name, value, url: this.#address }
      }),
    )
    return { context, done: async (again) => void (again ? free.push(context) : await context.close()) }
  }
}

async function openWindow({ context, done }: Profile, address: string, look: Look): Promise<Window> {
  const { size = 'desktop', scheme = 'light' } = look
  const page = await context.newPage()
  await page.setViewportSize(sizes[size])
  await page.emulateMedia({ colorScheme: scheme })
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  page.on(
    'request',
    (request) => /^(blob|data):/.test(request.url()) || request.url().startsWith(address) || wrong.push(request.url()),
  )
  let lent = false
  return {
    page,
    wrong,
    get context() {
      lent = true
      return context
    },
    close: async () => {
      const again = !lent && (await forgets(page))
      await page.close()
      await done(again)
    },
  }
}

/** Whether nothing is left of what the page kept. A page that shows nothing of the application cannot be asked. */
const forgets = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('localStorage.clear(), localStorage.length === 0').catch(() => false)

async function checkLook({ page }: Window, ready: (page: Page) => Promise<unknown>, look: ScreenLook) {
  await page.setViewportSize(sizes[look.size])
  await page.emulateMedia({ colorScheme: look.scheme })
  await ready(page)
  await page.locator(`html[data-mantine-color-scheme=${look.scheme}]`).waitFor({ state: 'attached' })
  await expectAccessible(page, look.colours === true ? colourRules : undefined)
  await expectFits(page)
}

/** Goes to another screen as a link within the application does: what is loaded stays loaded. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)})`)
}

/** Nothing is wider than the window: nobody scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds against WCAG 2.2 AA on the page as it is now, by all of its rules unless some are named: nothing. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // What is fading in has another contrast than what stands there.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished))',
  )
  // Naming everything in which nothing is wrong takes axe as long as looking at it.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] })
  // A dialog has a header of its own; what is behind it is out of reach while it is open.
  if (rules === undefined) axe.withTags(standards).disableRules(['landmark-no-duplicate-banner', 'landmark-unique'])
  else axe.withRules(rules)
  const { violations } = await axe.setLegacyMode(true).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([])
}

const names = ['Anna Ashworth', 'Bexley & Sons', 'The Corner Florist', 'Dunmore House', 'Ember Trading', 'Fennel Ltd']
const customerOf = (n: number): { number: string } => ({ number: String(17850 + (n % names.length)) })
const dayOf = (n: number): string => `2024-0${1 + (n % 6)}-${String(1 + ((n * 7) % 28)).padStart(2, '0')}`

async function keepShop(site: Site, company: string): Promise<void> {
  const post = async (path: string, requests: object[]) => {
    const response = await site.post(`${company}/${path}`, { requests })
    if (response.status >= 300) throw new Error(`${path}: ${await response.text()}`)
  }
  await post(
    'customers',
    names.map((name, n) => ({ ...customerOf(n), name, country: n % 3 === 0 ? 'DE' : 'GB' })),
  )
  await post('items', [
    { code: 'MUG', name: 'Stoneware mug', kind: 'goods' },
    { code: 'LAMP', name: 'Paper lamp', kind: 'goods' },
  ])
  const lines = (n: number) => [
    { item: 'MUG', quantity: String(1 + (n % 9)), unitPrice: '12.50' },
    { item: 'LAMP', quantity: '1', unitPrice: `${24 + n}.95` },
  ]
  const count = Array.from({ length: 60 }, (_, n) => n)
  await post(
    'invoices',
    count.map((n) => ({ number: `INV-${1001 + n}`, on: dayOf(n), customer: customerOf(n), lines: lines(n) })),
  )
  await post('credit-notes', [
    { number: 'CN-1', invoice: 'INV-1001', on: '2024-07-02', lines: [{ lineNo: 1, quantity: '1' }] },
  ])
  await post(
    'payments/received',
    [0, 3, 6].map((n) => ({
      source: 'bank',
      reference: `P${n}`,
      into: 'bank',
      customer: customerOf(n),
      invoices: [`INV-${1001 + n}`],
      on: '2024-07-03',
      amount: '25.00',
    })),
  )
}
