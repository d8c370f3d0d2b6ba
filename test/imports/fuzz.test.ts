import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportFormat, Planner, ReadInput } from '../../src/imports/import-format.ts'
import { BadInput } from '../../src/imports/index.ts'
import { northwind } from '../../src/imports/northwind/format.ts'
import { olist } from '../../src/imports/olist/format.ts'
import { onlineRetail } from '../../src/imports/online-retail/format.ts'
import { ownOrders } from '../../src/imports/orders/format.ts'
import { shopifyOrders } from '../../src/imports/shopify-orders/format.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { seeded } from './generated-history.ts'
import { Files, fileOf, type ImportDesk, type ImportingCompany, openImportDesk } from './support.ts'

/*
 * Files that are broken in every way we know end in a plan, or in one sentence on what is wrong: never in another error.
 *
 * FUZZ_INPUTS: how many broken files each format gets; 300 unless given.
 * FUZZ_SEED: which; printed with a failure.
 */
const inputs = Number(process.env.FUZZ_INPUTS ?? 300)
const seed = Number(process.env.FUZZ_SEED ?? 1)

const page = readFileSync(fileURLToPath(new URL('../../docs/import-orders.md', import.meta.url)), 'utf8')
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] as string

const shopify = `Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Payment Method,Refunded Amount,Tax 1 Name,Tax 1 Value
#1001,a@example.com,paid,2026-03-30 10:13:33 +0100,fulfilled,2026-04-02 09:00:00 +0100,GBP,100.00,5.00,21.00,126.00,0.00,2026-03-30 10:12:00 +0100,10,"Blue ""mug""",10.00,Shopify Payments,12.60,VAT 20%,21.00
#1001,,,,,,,,,,,,,1,Gift Card,50.00,,,,
`
const tables = {
  'orders.csv': `order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date
a1,c1,delivered,2017-07-09 21:57:05,2017-07-09 22:10:13,2017-07-11 14:58:04
`,
  'items.csv': `order_id,order_item_id,product_id,price,freight_value
a1,1,p1,99.9,27.65
`,
  'payments.csv': `order_id,payment_sequential,payment_type,payment_value
a1,1,credit_card,127.55
`,
  'customers.csv': `customer_id,customer_unique_id
c1,u1
`,
}
const script = `-- a script
INSERT "Customers" VALUES('ALFKI','Alfreds ''Futter''kiste','x')
INSERT INTO "Orders" ("OrderID","CustomerID","OrderDate","ShippedDate","Freight","ShipCountry")
VALUES (10248,N'ALFKI','7/4/1996','7/16/1996',32.38,N'France')
INSERT "Order Details" VALUES(10248,11,14,12,0.05)
`

/** Reads files and plans all orders in them, as an import does before it writes. */
type PlanFiles = (paths: readonly string[]) => Promise<number>

function planning<Row, Input extends ReadInput<Row>>(
  format: ImportFormat<Row, Input>,
): (company: ImportingCompany) => PlanFiles {
  return (company) => async (paths) => {
    const input = await format.read(paths, { log: () => {}, onLines: () => {} })
    try {
      const run = { fileIds: [1n, 2n, 3n, 4n], importRunId: 1n }
      const plan: Planner<Row> = await company.work((tx) => format.planner(tx, run, input))
      let planned = 0
      for (const group of input.spill.read()) {
        try {
          planned += plan(group).documents.length
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      }
      return planned
    } finally {
      input.spill.remove()
    }
  }
}

const targets: [name: string, currency: string, files: Record<string, string>, plan: ReturnType<typeof planning>][] = [
  [
    'online-retail',
    'GBP',
    { 'a.csv': fileOf([{ number: '536365' }, { number: 'C536366', quantity: -1 }]) },
    planning(onlineRetail),
  ],
  ['orders as CSV', 'GBP', { 'a.csv': example('csv') }, planning(ownOrders)],
  ['orders as JSON', 'GBP', { 'a.json': example('json') }, planning(ownOrders)],
  ['shopify-orders', 'GBP', { 'a.csv': shopify }, planning(shopifyOrders)],
  ['olist', 'BRL', tables, planning(olist)],
  ['northwind', 'USD', { 'a.sql': script }, planning(northwind)],
]

let desk: ImportDesk
const files = new Files()
beforeAll(async () => {
  desk = await openImportDesk()
})
afterAll(async () => {
  files.remove()
  await desk.close()
})

const tokens = [
  'NaN', 'Infinity', '-', '1e309', '9'.repeat(400), '-0.00', '1,234.5', '0.00000000001', '=1+1', '@SUM(A1)', '+cmd', '\u0000', '\uFEFF',
  '"', '""', "'", "''", '\r', '\n', '\r\n', '\t', ',', ';', '[', ']', '{', '}', ':', '(', ')', '--', '/*', 'null', '2026-02-30', '0000-00-00',
  'x'.repeat(70_000), '\u202e', '💥', '',
] // biome-ignore format: a list of words

/** A text broken in one to four ways. */
function broken(text: string, random: () => number): Buffer {
  const upTo = (most: number): number => Math.floor(random() * most)
  let bytes = Buffer.from(text)
  for (let times = 1 + upTo(4); times > 0; times -= 1) {
    const at = upTo(bytes.length + 1)
    const lines = bytes.toString('latin1').split('\n')
    const line = upTo(lines.length)
    const token = Buffer.from(tokens[upTo(tokens.length)] as string)
    const ways: (() => Buffer)[] = [
      () => Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(Math.min(bytes.length, at + 1 + upTo(12)))]),
      () => Buffer.concat([bytes.subarray(0, at), Buffer.from([128 + upTo(128)]), bytes.subarray(at)]),
      () => bytes.subarray(0, at),
      () => Buffer.from(lines.toSpliced(line, 1).join('\n'), 'latin1'),
      () => Buffer.from(lines.toSpliced(line, 0, lines[upTo(lines.length)] as string).join('\n'), 'latin1'),
      () => Buffer.from(lines.join(['\r', '\r\n', '\n\n'][upTo(3)]), 'latin1'),
      () => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    ]
    bytes = Buffer.from((ways[upTo(ways.length)] as () => Buffer)())
  }
  return bytes
}

describe('a broken file', () => {
  test.each(targets)(
    'of %s ends in a plan or in one sentence',
    async (name, currency, good, planningFor) => {
      const company = await desk.company({ currency })
      const plan = planningFor(company)
      const write = (folder: string, broke?: { file: string; content: Buffer }): string[] =>
        Object.entries(good).map(([file, text]) =>
          files.write(broke?.file === file ? broke.content : text, `${folder}-${file}`),
        )
      expect(await plan(write('good'))).toBeGreaterThan(0)
      const random = seeded(seed)
      let refused = 0
      for (let round = 0; round < inputs; round += 1) {
        const names = Object.keys(good)
        const file = names[Math.floor(random() * names.length)] as string
        const content = broken(good[file] as string, random)
        try {
          await plan(write('broken', { file, content }))
        } catch (error) {
          const words = `seed ${seed}, round ${round} of ${name}: ${JSON.stringify(content.toString('latin1').slice(0, 2_000))}`
          expect(error, words).toBeInstanceOf(BadInput)
          expect((error as BadInput).message.length, words).toBeLessThan(1_500)
          refused += 1
        }
      }
      expect(refused).toBeGreaterThan(inputs / 10)
    },
    60_000 + inputs * 100,
  )

  test.each(targets)(
    'of %s that fills the memory is refused, and memory stays bounded',
    async (_name, currency, good, planningFor) => {
      const plan = planningFor(await desk.company({ currency }))
      const [first] = Object.keys(good) as [string]
      const text = good[first] as string
      const opening = first.endsWith('.json')
        ? '[{"order":"'
        : first.endsWith('.sql')
          ? 'INSERT "Orders" VALUES(\''
          : `${text.split('\n')[0]}\n"`
      const bomb = gzipSync(Buffer.concat([Buffer.from(opening), Buffer.alloc(80_000_000, 'a')]))
      const others = Object.entries(good).slice(1)
      const paths = [
        files.write(bomb, `bomb-${first}.gz`),
        ...others.map(([name, content]) => files.write(content, `with-${name}`)),
      ]
      const before = process.memoryUsage().rss
      await expect(plan(paths)).rejects.toBeInstanceOf(BadInput)
      expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
    },
    60_000,
  )
})
