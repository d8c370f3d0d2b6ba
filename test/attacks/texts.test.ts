import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadInput, importFiles } from '../../src/imports/index.ts'
import { JsonNumber, readJsonObjects } from '../../src/imports/read-json-objects.ts'
import { inboxRound } from '../../src/jobs/work-inbox.ts'
import { inCompany } from '../../src/kernel/database.ts'
import { addAccounts } from '../../src/ledger/accounts.ts'
import { createCompany } from '../../src/modules/company/index.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { openSite, type Site } from '../support/site.ts'
import { runSql } from '../support/sql.ts'

/** Names that mean something to a browser, a spreadsheet, a mail server or a text file stand in every place where people may write. */
const hostile = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</title></script><svg/onload=alert(1)>',
  '=HYPERLINK("http://evil.example","x")',
  '+1+cmd|/c calc',
  '-2+3',
  '@SUM(A1)',
  '\u202Egpj.exe',
  'ﷺ'.repeat(20),
  '👩‍👩‍👧‍👦'.repeat(10),
  'Subject: x Bcc: all@evil.example',
  '{{7*7}}#{7*7}%s%n',
]

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-texts-'))
let site: Site
let company: string
let companyId: bigint
beforeAll(async () => {
  site = await openSite()
  const created = await site.post('/api/v1/companies', { name: hostile[1], country: 'GB', currency: 'GBP' })
  const { id } = (await created.json()) as { id: string }
  company = `/api/v1/companies/${id}`
  companyId = BigInt(id)
  for (const [n, name] of hostile.entries()) {
    await must('accounts', { code: `98${String(n).padStart(2, '0')}`, name, class: 'expense' })
    await must('items', { requests: [{ code: `I${n}`, name }] })
    const lines = [{ item: `I${n}`, description: name, quantity: '1', unitPrice: '10.00' }]
    const customer = { number: name.slice(0, 100).toWellFormed(), name }
    await must('invoices', {
      requests: [{ number: `${n} ${name}`.slice(0, 100).toWellFormed(), on: '2024-01-15', customer, lines }],
    })
    await must('entries', {
      reference: `${name.slice(0, 100).toWellFormed()}`,
      date: '2024-01-15',
      description: name,
      lines: [
        { account: `98${String(n).padStart(2, '0')}`, amount: '1.00' },
        { role: 'bank', amount: '-1.00' },
      ],
    })
  }
  await inCompany(site.database, companyId, (tx) =>
    raiseExceptions(
      tx,
      hostile.map((message, n) => ({
        kind: 'unknown_code' as const,
        source: message,
        subject: `S${n}`,
        message,
        amountMinor: 0n,
        currency: 'GBP',
      })),
    ),
  )
})
afterAll(async () => {
  expect(site.logged).toEqual([])
  await site.close()
  rmSync(folder, { recursive: true, force: true })
})

async function must(path: string, body: object): Promise<void> {
  const answer = await site.post(`${company}/${path}`, body)
  expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300)
}

/** Markup that stands there and that no template of ours writes. */
const alive = /<img src=x|<svg\/onload|<script>alert|<[^>]*\sonmouseover='alert/i

describe('a name that is markup', () => {
  // What the application makes of it is asked of a browser, in test/browser/texts.test.ts.
  test('stands in no page that the server writes, wherever it stands in the books', async () => {
    const screens = ['home', 'reports/trial-balance', 'lines?account=9801', 'entries/1', 'inbox', 'checks', 'imports']
    for (const page of ['/', '/account', '/api', ...screens.map((screen) => `/companies/${companyId}/${screen}`)]) {
      const response = await site.get(page, { accept: 'text/html' })
      const html = await response.text()
      expect([page, response.status]).toEqual([page, 200])
      for (const name of hostile) expect(html).not.toContain(name)
      expect(html).not.toMatch(alive)
    }
  })

  test('is text on a page that says what went wrong, and on the way to signing in', async () => {
    const evil = encodeURIComponent('"><script>alert(1)</script>')
    for (const path of [
      `/${evil}`,
      `/companies/${evil}`,
      `/?company=${evil}`,
      `/companies/${companyId}/trial-balance?asOf=${evil}`,
    ])
      expect(await (await site.get(path, { accept: 'text/html' })).text()).not.toMatch(alive)
    const elsewhere = await site.get(`/companies/${companyId}/trial-balance?asOf=${evil}`)
    expect(elsewhere.headers.get('location')).toBe(`/companies/${companyId}/reports/trial-balance?asOf=${evil}`)
    const away = await site.bare.request(
      new Request(`http://localhost:8080/companies/${companyId}/x?${evil}`, { headers: { accept: 'text/html' } }),
    )
    expect(away.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fcompanies/)
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example'])
      expect(
        await (await site.bare.request(`http://localhost:8080/sign-in?next=${encodeURIComponent(next)}`)).text(),
      ).not.toContain('evil.example')
  })
})

describe('a name that is a formula', () => {
  test.each([
    'trial-balance',
    'journal',
    'sales?by=item',
    'sales?by=customer',
    'aged-receivables',
    'statements',
    'general-ledger?account=9804',
  ])('computes nothing in the CSV of %s', async (report) => {
    const response = await site.get(`${company}/reports/${report}${report.includes('?') ? '&' : '?'}format=csv`)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    for (const cell of text.matchAll(/(?:^|,)"?([=+@\t\r][^,\n]*)/gm)) throw new Error(`a cell begins with ${cell[1]}`)
    for (const cell of text.matchAll(/(?:^|,)"?(-[^,\n"]*)/gm)) expect(cell[1]).toMatch(/^-[0-9]+(\.[0-9]+)?$/)
  })

  test('computes nothing in a workbook', async () => {
    for (const report of ['trial-balance', 'journal', 'aged-receivables']) {
      const response = await site.get(`${company}/reports/${report}?format=xlsx`)
      expect(response.status).toBe(200)
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
      for (const [name, content] of Object.entries(files)) {
        const xml = new TextDecoder().decode(content)
        expect([name, /<f[ >]/.test(xml), alive.test(xml)]).toEqual([name, false, false])
      }
    }
  })

  test('computes nothing in the journal that is taken away, and stands in its own field of other programs’ texts', async () => {
    const read = async (format: string) => {
      const response = await site.get(`${company}/export/journal?format=${format}`)
      expect([format, response.status]).toEqual([format, 200])
      return await response.text()
    }
    for (const cell of (await read('csv')).matchAll(/(?:^|,)"?([=+@\t\r][^,\n]*)/gm))
      throw new Error(`a cell begins with ${cell[1]}`)
    // Each text is read back by our own import of it, entry by entry: no name has made or hidden one.
    const [posted] = await runSql<{ entries: number }>(
      site.url,
      'select count(*)::int as entries from journal_entry where company_id = $1',
      [companyId],
    )
    for (const [format, ending] of [
      ['hledger', 'journal'],
      ['beancount', 'beancount'],
    ] as const) {
      const path = join(folder, `books.${ending}`)
      writeFileSync(path, await read(format))
      const names = Array.from(hostile, (name, n) => ({
        code: `98${String(n).padStart(2, '0')}`,
        name,
        class: 'expense' as const,
      }))
      const other = await createCompany(site.database, { name: format, country: 'GB', currency: 'GBP' })
      await inCompany(site.database, other, (tx) => addAccounts(tx, names))
      const { documents } = await importFiles(site.database, other, 'journal', { files: [path] })
      expect([format, documents]).toEqual([format, { created: posted?.entries, existing: 0, refused: 0 }])
    }
  })

  test('is printed, also where it is long or runs from right to left', async () => {
    for (const report of ['trial-balance', 'journal', 'aged-receivables']) {
      const response = await site.get(`${company}/reports/${report}?format=pdf`)
      expect(response.status).toBe(200)
      expect(new TextDecoder().decode((await response.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
    }
  })
})

describe('a name that is a head of a letter', () => {
  test('is a part of the subject, on one line', async () => {
    await runSql(
      site.url,
      `update company set name = E'Shop\\r\\nBcc: all@evil.example\\r\\n\\r\\nbody' where id = $1`,
      [companyId],
    )
    await runSql(site.url, `update exception set responsible_email = 'olive@shop.example'`)
    const sent: { recipient: string; subject: string }[] = []
    await inboxRound(site.database, { send: async (letter) => void sent.push(letter) })
    expect(sent.length).toBeGreaterThan(0)
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({ streamTransport: true, buffer: true })
    for (const { recipient, subject } of sent) {
      const { message, envelope } = await transport.sendMail({
        from: 'a@shop.example',
        to: recipient,
        subject,
        text: 'x',
      })
      expect(envelope.to).toEqual(['olive@shop.example'])
      expect(String(message).split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im)
    }
  })
})

describe('a character that no text holds', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['a lone surrogate', 'a\ud800b'],
  ])('%s is refused or replaced, everywhere, and nothing fails', async (_, name) => {
    const attempts: [string, object][] = [
      ['accounts', { code: '9990', name, class: 'expense' }],
      ['items', { requests: [{ code: name, name }] }],
      ['customers', { requests: [{ number: name, name }] }],
      [
        'invoices',
        {
          requests: [
            {
              number: name,
              on: '2024-01-15',
              customer: { number: name },
              lines: [{ item: 'I1', quantity: '1', unitPrice: '1.00' }],
            },
          ],
        },
      ],
      [
        'entries',
        {
          reference: name,
          date: '2024-01-15',
          description: name,
          lines: [
            { role: 'bank', amount: '1.00' },
            { role: 'share_capital', amount: '-1.00' },
          ],
        },
      ],
      [
        'journals/drafts',
        {
          requests: [
            {
              reference: name,
              date: '2024-01-15',
              description: name,
              lines: [
                { role: 'bank', amount: '1.00' },
                { role: 'share_capital', amount: '-1.00' },
              ],
            },
          ],
        },
      ],
      [
        'webhook-endpoints',
        { url: `https://example.com/${name}`, description: name, eventTypes: ['customer.created'] },
      ],
      ['invitations', { email: `${name}@shop.example`, permissionSet: 'sales' }],
      ['api-keys', { name, scopes: ['reports.read'], days: 1 }],
      ['periods/2024-01/close', { reason: name }],
    ]
    for (const [path, body] of attempts) {
      const response = await site.post(`${company}/${path}`, body)
      expect([path, response.status]).toEqual([path, 400])
    }
  })

  test('a pair of surrogates is one character, however it is written', async () => {
    const body = '{"requests":[{"number":"\\ud83d\\ude00","name":"\\ud83d\\ude00"}]}'
    const response = await site.post(`${company}/customers`, body)
    expect(response.status).toBe(201)
    expect(await (await site.get(`${company}/customers?limit=200`)).text()).toContain('\u{1F600}')
  })

  test('stands in no file of JSON either', async () => {
    const path = join(folder, 'orders.json')
    writeFileSync(path, '[{"order":"A\\ud800","lines":[]}]')
    const refused = await importFiles(site.database, companyId, 'orders', { files: [path] }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(refused).toBeInstanceOf(BadInput)
  })
})

test('a number of a JSON file keeps every digit that stood there', async () => {
  const path = join(folder, 'numbers.json')
  writeFileSync(path, '[{"a":9007199254740993,"b":90071992547409.93,"c":0.1000000000000000055,"d":1e400}]')
  const read: Record<string, unknown>[] = []
  await readJsonObjects(path, (object) => read.push(object))
  const texts = Object.values(read[0] ?? {}).map((value) => (value instanceof JsonNumber ? value.text : value))
  expect(texts).toEqual(['9007199254740993', '90071992547409.93', '0.1000000000000000055', '1e400'])
})
