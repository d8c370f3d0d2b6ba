import type { Page } from 'playwright-core'

/** How long a person waited, and how long the slowest request took of it, in milliseconds. */
export type Wait = { ms: number; requestMs: number }

/** Where every wait begins: the page of all reports, with nothing else read yet. */
async function begin(page: Page, company: string): Promise<void> {
  await page.goto(`${company}/reports`)
  await page.locator('main h2').first().waitFor()
  await page.waitForLoadState('networkidle')
}

/**
 * Opens a screen from within the application as a click on a link would, with nothing remembered of its data, and waits until it can be used: the frame
 * after its heading and its first rows or figures stand there. `company` is the address of the company, `screen` a path within it.
 */
export async function openScreen(page: Page, company: string, screen: string): Promise<Wait> {
  await begin(page, company)
  return await goToScreen(page, company, screen)
}

/** The same from wherever the page is. */
export async function goToScreen(page: Page, company: string, screen: string): Promise<Wait> {
  return await page.evaluate<Wait>(
    `(${clickThrough})(${JSON.stringify(new URL(company).pathname)}, ${JSON.stringify(screen)})`,
  )
}

/** Types into the palette and waits until what is sought stands there. */
export async function searchFor(page: Page, company: string, [typed, found]: readonly [string, string]): Promise<Wait> {
  await begin(page, company)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await palette.locator('input').fill(typed.slice(0, -1))
  await page.waitForTimeout(1_000)
  const began = await page.evaluate<number>('performance.now()')
  await page.keyboard.press('End')
  await page.keyboard.type(typed.slice(-1))
  await palette.locator('button', { hasText: found }).first().waitFor()
  return await page.evaluate<Wait>(`(${waited})(${began})`)
}

// What runs in the page is text: the types of the browser are not those of Node.js.
const waited = `(began) => {
  const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime >= began)
  return { ms: performance.now() - began, requestMs: Math.max(0, ...asked.map(({ duration }) => duration)) }
}`

const clickThrough = `(company, screen) => new Promise((done, fail) => {
  const before = document.querySelector('main h1')
  const target = company + '/' + screen
  const link = [...document.querySelectorAll('a')].find((one) => one.getAttribute('href') === target)
  const usable = () => !before.isConnected && document.querySelector('main h1') !== null &&
    document.querySelector('main [role=status][aria-label="Loading"]') === null && document.querySelector('main :is(tbody tr, h2)') !== null
  const began = performance.now()
  if (link) link.click()
  else history.pushState({}, '', target)
  const look = () => {
    if (usable()) return requestAnimationFrame(() => done((${waited})(began)))
    if (performance.now() - began > 60000) return fail(new Error(screen + ' cannot be used after a minute'))
    requestAnimationFrame(look)
  }
  look()
})`
