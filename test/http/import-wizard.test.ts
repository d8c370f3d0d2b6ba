import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCompany, openSite, orderExport, type Site } from '../support/site.ts'

type Remedy = {
  code: string
  call: { method: string; path: string; body: Record<string, unknown> } | null
  inputs: { name: string; required: boolean; choices?: { value: string }[] }[]
}
type Decision = { kind: string; subject: string; count: number; amount: { amount: string }; remedies: Remedy[] }
type Import = {
  id: string
  format: string
  state: string
  actions: string[]
  message: string
  problem: { code: string; file?: string; line?: number; decisions?: Decision[] } | null
  check: {
    dryRun: boolean
    byKind: Record<string, number>
    documents: { created: number; existing: number }
    decisions: Decision[]
    preview: {
      document: string
      kind: string
      customer: { number: string } | null
      date: string
      lines: { account: string; name: string; amount: { amount: string } }[]
    }[]
  } | null
  result: { documents: { created: number; existing: number } } | null
  posted: { documents: number; entries: number }
}
type File = { name: string; sha256: string }

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

async function upload(company: string, content: string, name: string): Promise<File> {
  const response = await site.ask(`${company}/imports/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: content,
  })
  expect(response.status).toBe(201)
  const { sha256 } = (await response.json()) as File
  return { name, sha256 }
}

const json = async <T>(response: Response | Promise<Response>): Promise<T> => (await (await response).json()) as T
const get = <T>(path: string): Promise<T> => json<T>(site.get(path))

async function settled(company: string, id: string): Promise<Import> {
  for (;;) {
    const found = await get<Import>(`${company}/imports/${id}`)
    if (found.state !== 'running' && found.state !== 'checking') return found
    await new Promise((done) => setTimeout(done, 20))
  }
}

async function held(company: string, files: File[], format?: string): Promise<Import> {
  const response = await site.post(`${company}/imports`, { files, start: false, ...(format ? { format } : {}) })
  expect(response.status).toBe(202)
  return await json<Import>(response)
}

async function move(company: string, id: string, action: string): Promise<Import> {
  const response = await site.post(`${company}/imports/${id}/${action}`, {})
  expect(response.status).toBe(202)
  return await json<Import>(response)
}

async function checked(company: string, id: string): Promise<Import> {
  expect(await move(company, id, 'check')).toMatchObject({ state: 'checking', actions: ['cancel'] })
  return await settled(company, id)
}

/** Puts what a person says into the body of a remedy, as a screen does, and sends it. */
async function remedy(found: Remedy | undefined, said: Record<string, unknown> = {}): Promise<number> {
  if (found?.call == null) throw new Error('there is no such remedy')
  const body = structuredClone(found.call.body)
  for (const [name, value] of Object.entries(said)) {
    expect(found.inputs.map((input) => input.name)).toContain(name)
    const path = name.split('.')
    let place = body as Record<string, unknown>
    for (const part of path.slice(0, -1)) place = place[part] as Record<string, unknown>
    place[path.at(-1) as string] = value
  }
  const { status } = await site.send(found.call.method.toUpperCase(), found.call.path, body)
  return status
}

const decisionOf = (request: Import, kind: string): Decision =>
  (request.check?.decisions ?? request.problem?.decisions ?? []).find((one) => one.kind === kind) as Decision
const remedyOf = (request: Import, kind: string, code: string): Remedy | undefined =>
  decisionOf(request, kind).remedies.find((one) => one.code === code)

const toNowhere = `536369,85123A,WHITE HANGING HEART,1,2010-12-03 11:00:00,10.00,17850,Unspecified
536370,85123A,WHITE HANGING HEART,2,2010-12-03 11:00:00,10.00,17850,Unspecified
`

test('files are recognised, checked, decided about, checked again and imported, all in one import', async () => {
  const company = await newCompany(site)
  const file = await upload(company, orderExport + toNowhere, 'orders.csv')
  const recognised = await json<{ format: string; message: string; files: { name: string; message: string }[] }>(
    site.post(`${company}/imports/recognitions`, { files: [file] }),
  )
  expect(recognised).toMatchObject({
    format: 'online-retail',
    message: 'Recognised: Order lines of an online retailer',
    files: [{ name: 'orders.csv', message: 'Order lines of an online retailer' }],
  })

  const { id, ...waiting } = await held(company, [file])
  expect(waiting).toMatchObject({
    format: 'online-retail',
    state: 'uploaded',
    actions: ['check', 'cancel'],
    check: null,
  })
  const first = await checked(company, id)
  expect(first).toMatchObject({
    state: 'ready',
    actions: ['check', 'run', 'cancel'],
    check: { dryRun: true, byKind: { invoice: 5, credit_note: 1 } },
    posted: { documents: 0, entries: 0 },
  })
  // As an accountant writes them: a debit positive, a credit negative.
  expect(first.check?.preview[0]).toMatchObject({
    document: '536365',
    kind: 'invoice',
    customer: { number: '17850' },
    date: '2010-12-01',
    lines: [
      { name: 'Trade debtors', amount: { amount: '17.98' } },
      { amount: { amount: '-2.68' } },
      { name: 'Sales', amount: { amount: '-15.30' } },
    ],
  })
  expect(
    first.check?.decisions.map(({ kind, subject, count, amount }) => [kind, subject, count, amount.amount]),
  ).toEqual([
    ['unclear_destination', 'Unspecified', 2, '35.25'],
    ['unknown_code', 'DCGSSBOY', 1, '3.33'],
  ])

  expect(await remedy(remedyOf(first, 'unknown_code', 'is_charge'), { role: 'other_income', taxed: true })).toBe(201)
  expect(await remedy(remedyOf(first, 'unclear_destination', 'is_country'), { 'requests.0.country': 'FR' })).toBe(201)
  expect(await get(`${company}/destination-names`)).toMatchObject({ rows: [{ name: 'Unspecified', country: 'FR' }] })
  const second = await checked(company, id)
  expect(second).toMatchObject({ state: 'ready', check: { decisions: [], documents: { created: 6 } } })

  await move(company, id, 'run')
  const done = await settled(company, id)
  expect(done).toMatchObject({ state: 'done', actions: [], result: { documents: { created: 6, existing: 0 } } })
  expect((await get<{ rows: [] }>(`${company}/exceptions`)).rows).toEqual([])
  expect((await get<{ rows: object[] }>(`${company}/imports`)).rows).toMatchObject([{ id, state: 'done', check: null }])
})

test('each remedy of an unknown code does what it says', async () => {
  const company = await newCompany(site)
  const file = await upload(company, orderExport, 'orders.csv')
  const { id } = await held(company, [file])
  const found = await checked(company, id)
  expect(decisionOf(found, 'unknown_code').remedies.map(({ code }) => code)).toEqual(['is_item', 'is_charge', 'leave'])
  for (const { value } of remedyOf(found, 'unknown_code', 'is_charge')?.inputs[0]?.choices ?? [])
    expect(await remedy(remedyOf(found, 'unknown_code', 'is_charge'), { role: value })).toBe(201)
  expect(await remedy(remedyOf(found, 'unknown_code', 'is_item'))).toBe(201)
  await checked(company, id)
  await move(company, id, 'run')
  await settled(company, id)
  expect(await get(`${company}/items?code=DCGSSBOY`)).toMatchObject({ rows: [{ code: 'DCGSSBOY' }] })
})

test('an import that runs as it is leaves its decisions as exceptions, which are listed as its own', async () => {
  const company = await newCompany(site)
  const earlier = await held(company, [await upload(company, orderExport, 'orders.csv')])
  await checked(company, earlier.id)
  await move(company, earlier.id, 'run')
  await settled(company, earlier.id)
  const later = await held(company, [await upload(company, headerOf(orderExport) + toNowhere, 'later.csv')])
  await checked(company, later.id)
  await move(company, later.id, 'run')
  await settled(company, later.id)
  type Rows = { rows: { kind: string; number: string; entryId: string }[] }
  const kindsOf = async (id: string) =>
    (await get<Rows>(`${company}/exceptions?import=${id}`)).rows.map(({ kind }) => kind)
  expect(await kindsOf(earlier.id)).toEqual(['unknown_code'])
  expect(await kindsOf(later.id)).toEqual(['unclear_destination', 'unclear_destination'])
  const documents = await get<Rows>(`${company}/documents?import=${later.id}&sort=issuedOn`)
  expect(documents.rows.map(({ number }) => number)).toEqual(['536369', '536370'])
  const all = await get<Rows>(`${company}/entries`)
  const ofBoth = [
    ...(await get<Rows>(`${company}/entries?import=${earlier.id}`)).rows,
    ...(await get<Rows>(`${company}/entries?import=${later.id}`)).rows,
  ]
  expect(ofBoth.map(({ entryId }) => entryId).sort()).toEqual(all.rows.map(({ entryId }) => entryId).sort())
  expect((await get<Rows>(`${company}/entries?import=999`)).rows).toEqual([])
})

const headerOf = (text: string): string => `${text.split('\n')[0]}\n`

type Compared = {
  written: boolean
  rows: { account: string; before: Amount; change: Amount; after: Amount }[]
  totals: { debit: { before: Amount; after: Amount }; credit: { before: Amount; after: Amount } }
}
type Amount = { amount: string; currency: string }

/** The rows of the trial balance as it is, of the accounts that hold something. */
async function balances(company: string, asOf = ''): Promise<[string, string][]> {
  type Rows = { rows: { code: string; balance: Amount }[] }
  const { rows } = await get<Rows>(`${company}/reports/trial-balance${asOf && `?asOf=${asOf}`}`)
  return rows.map(({ code, balance }) => [code, balance.amount])
}

const side = ({ rows }: Compared, which: 'before' | 'after'): [string, string][] =>
  rows.flatMap((row) => (row[which].amount === '0.00' ? [] : [[row.account, row[which].amount]]))

test('the trial balance without and with an import stands side by side, of the check as of the run, on any day', async () => {
  const company = await newCompany(site)
  const { id: first } = await held(company, [await upload(company, orderExport, 'orders.csv')])
  const compare = (id: string, asOf = '') =>
    get<Compared>(`${company}/imports/${id}/trial-balance${asOf && `?asOf=${asOf}`}`)
  expect(await compare(first)).toMatchObject({ written: false, rows: [] })
  await checked(company, first)
  const would = await compare(first)
  expect(would.written).toBe(false)
  expect(side(would, 'before')).toEqual([])
  const wouldEarlier = await compare(first, '2010-12-01')
  await move(company, first, 'run')
  await settled(company, first)
  const afterFirst = await balances(company)
  expect(side(would, 'after')).toEqual(afterFirst)
  expect(side(wouldEarlier, 'after')).toEqual(await balances(company, '2010-12-01'))
  expect(await compare(first)).toMatchObject({ written: true, rows: would.rows, totals: would.totals })

  const { id: second } = await held(company, [await upload(company, headerOf(orderExport) + toNowhere, 'later.csv')])
  await checked(company, second)
  await move(company, second, 'run')
  await settled(company, second)
  const compared = await compare(second)
  expect(side(compared, 'before')).toEqual(afterFirst)
  expect(side(compared, 'after')).toEqual(await balances(company))
  expect(compared.totals.debit.after.amount).toBe(compared.totals.credit.after.amount.slice(1))
  // On a day before its documents it changes nothing.
  const [before, after] = [await compare(second, '2010-12-02'), await balances(company, '2010-12-02')]
  expect(side(before, 'before')).toEqual(after)
  expect(side(before, 'after')).toEqual(after)
})

test('what stops a check is told in parts, and the import waits for another', async () => {
  const company = await newCompany(site)
  const bad = await held(
    company,
    [await upload(company, orderExport.replace('3.39', 'cheap'), 'bad.csv')],
    'online-retail',
  )
  const failed = await checked(company, bad.id)
  expect(failed).toMatchObject({
    state: 'uploaded',
    actions: ['check', 'cancel'],
    problem: { code: 'file_unreadable', file: 'bad.csv', line: 3, found: 'Price "cheap"' },
  })
  expect(failed.message).toMatch(/^bad\.csv:3:/)
  expect(await balances(company)).toEqual([])
  expect(await move(company, bad.id, 'cancel')).toMatchObject({ state: 'cancelled', actions: [] })
})

test('what an import cannot do in its state is refused', async () => {
  const company = await newCompany(site)
  const { id } = await held(company, [await upload(company, orderExport, 'orders.csv')])
  const refused = async (action: string, import_ = id) =>
    await json(site.post(`${company}/imports/${import_}/${action}`, {}))
  expect(await refused('run')).toMatchObject({ status: 409, code: 'import_not_in_state' })
  expect(await refused('pause')).toMatchObject({ status: 409, code: 'import_not_in_state' })
  expect(await refused('check', '999')).toMatchObject({ status: 404, code: 'import_unknown' })
  await move(company, id, 'cancel')
  expect(await refused('check')).toMatchObject({ code: 'import_not_in_state' })
  const accounts = { accounts: [{ legacyAccount: 'a', account: '1' }] }
  expect(await json(site.send('PUT', `${company}/imports/${id}/accounts`, accounts))).toMatchObject({
    code: 'import_not_in_state',
  })
})

test('the same key moves an import once', async () => {
  const company = await newCompany(site)
  const { id } = await held(company, [await upload(company, orderExport, 'orders.csv')])
  const ask = () => site.post(`${company}/imports/${id}/check`, {}, { 'idempotency-key': 'check-1' })
  expect(await json(ask())).toMatchObject({ state: 'checking' })
  await settled(company, id)
  expect(await json(ask())).toMatchObject({ state: 'checking' })
  expect(await get(`${company}/imports/${id}`)).toMatchObject({ state: 'ready' })
})

test('files of several formats or none say so, and no import begins without a format', async () => {
  const company = await newCompany(site)
  const orders = await upload(company, orderExport, 'orders.csv')
  const balancesOfADay = 'date,account,amount,reference\n2010-12-31,1100,1.00,a\n2010-12-31,3000,-1.00,a\n'
  const either = await upload(company, balancesOfADay, 'either.csv')
  const neither = await upload(company, 'tea,leaves\n1,2\n', 'neither.csv')
  const recognise = (files: File[]) => json(site.post(`${company}/imports/recognitions`, { files }))
  expect(await recognise([either])).toMatchObject({
    format: null,
    formats: [{ format: 'opening-balances' }, { format: 'journal' }],
    message: "They can be 'Opening balances of earlier books' or 'Journal of earlier books': choose one",
  })
  expect(await recognise([orders, neither])).toMatchObject({
    format: null,
    formats: [],
    files: [
      { formats: [{ format: 'online-retail' }] },
      { formats: [], message: 'No format has these columns: tea, leaves' },
    ],
  })
  for (const files of [[either], [neither], [orders, neither]])
    expect(await json(site.post(`${company}/imports`, { files, start: false }))).toMatchObject({
      status: 422,
      code: 'import_format_unclear',
    })
  expect(await held(company, [either], 'journal')).toMatchObject({ format: 'journal', state: 'uploaded' })
})
