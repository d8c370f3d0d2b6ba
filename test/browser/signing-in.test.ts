import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { proveBooks } from '../../src/jobs/prove-books.ts'
import { type Identity, newOwnerLink, openIdentity } from '../../src/modules/identity/index.ts'
import { authenticatorCode, tokenOf } from '../support/people.ts'
import { openSite, owner, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

describe('signing in', () => {
  if (executablePath === undefined) {
    test('in a browser', ({ skip }) => skip('Chromium is not installed: apt-get install chromium'))
    return
  }
  let site: Site
  let identity: Identity
  let server: Server
  let browser: Browser
  let context: BrowserContext
  let address: string
  beforeAll(async () => {
    site = await openSite()
    // As it is before the first start: nobody is there.
    await runSql(site.url, `delete from auth.session; delete from auth.account; delete from auth."user"`)
    let app: ReturnType<typeof createApp> | undefined
    server = createAdaptorServer({
      fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 503 }),
    }) as Server
    server.listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    address = `http://localhost:${(server.address() as AddressInfo).port}`
    identity = await openIdentity({ database: site.database, url: site.url, origin: address })
    const { database, uploads } = site
    app = createApp({
      database,
      uploads,
      identity,
      version: '0.0.0',
      imports: { start: () => {} },
      prove: proveBooks,
      log: () => {},
    })
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    context = await browser.newContext({ locale: 'en-GB' })
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
    await identity.close()
    await site.close()
  })

  const fits = async (page: Page): Promise<boolean> =>
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${address}/sign-in`)
    await page.getByLabel('E-mail address').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  test('the first run leads to creating the owner, who signs out and in again', async () => {
    const page = await context.newPage()
    await page.setViewportSize({ width: 375, height: 780 })
    const link = (await newOwnerLink(site.database)) as string
    await page.goto(address)
    await page.waitForURL(/\/setup$/)
    await page.goto(`${address}/setup#${link}`)
    await page.reload()
    await expect.poll(() => fits(page)).toBe(true)
    await page.getByLabel('Your name').fill(owner.name)
    await page.getByLabel('E-mail address').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Create the owner' }).click()
    await page.getByText('There are no books yet').waitFor()
    await page.getByRole('link', { name: 'Your account' }).click()
    await page.waitForURL(/\/account$/)
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    await expect.poll(() => fits(page)).toBe(true)
    // What was entered and not saved is not for whoever signs in next at this browser.
    await page.evaluate(() => sessionStorage.setItem('countinghouse.draft./companies/1/journal/new.entry', '{}'))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in$/)
    await expect
      .poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft'))))
      .toEqual([])
    await page.getByLabel('E-mail address').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('E-mail address or password is wrong').waitFor()
    await expect.poll(() => fits(page)).toBe(true)
    await signIn(page)
    await page.getByText('There are no books yet').waitFor()
    await page.close()
  })

  test('a passkey signs in without a password', async () => {
    const page = await context.newPage()
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${address}/account`)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const asked = page.getByRole('dialog', { name: 'Add a passkey' })
    await asked.getByRole('textbox', { name: 'What you call it' }).fill('Test device')
    await asked.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('Test device').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('There are no books yet').waitFor()
    await page.close()
  })

  test('a second factor is set up and asked for', async () => {
    const page = await context.newPage()
    await page.goto(`${address}/account`)
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('img', { name: 'QR code of the second factor' }).waitFor()
    const uri = (await page.getByRole('link', { name: 'Open it on this device' }).getAttribute('href')) as string
    const codes = (await page.getByRole('dialog').locator('pre').textContent()) ?? ''
    const [recovery] = codes.split('\n') as [string]
    await page.getByRole('textbox', { name: 'The code that it shows' }).fill(authenticatorCode(uri))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('The second factor is on').waitFor()
    await page.getByRole('button', { name: 'New recovery codes' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in$/)
    await signIn(page)
    await page.getByLabel('Code', { exact: true }).fill(recovery)
    await page.getByLabel('It is one of my recovery codes').check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('There are no books yet').waitFor()
    await page.close()
  })

  test('whoever is invited joins by the link', async () => {
    const page = await context.newPage()
    const headers = {
      cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; '),
      'content-type': 'application/json',
    }
    const post = async (path: string, body: object) =>
      (await (
        await fetch(`${address}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      ).json()) as Record<string, string>
    const { id } = await post('/companies', { name: 'Garden Gifts', country: 'GB', currency: 'GBP' })
    const { link } = await post(`/companies/${id}/invitations`, {
      email: 'anna@shop.example',
      permissionSet: 'accountant',
    })
    const guest = await browser.newContext()
    const joining = await guest.newPage()
    await joining.goto(`${address}/join#${tokenOf(link as string)}`)
    await joining.getByLabel('Your name').fill('Anna')
    await joining.getByLabel('Password', { exact: true }).fill('words that Anna remembers')
    await joining.getByRole('button', { name: 'Join' }).click()
    await joining.getByRole('button', { name: 'Company: Garden Gifts' }).waitFor()
    await guest.close()
    await page.close()
  })
})
