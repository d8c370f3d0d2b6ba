import { readEcbRates } from '../../../src/imports/ecb-rates/read-ecb.ts'
import type { ImportFormat, Planner, ReadInput } from '../../../src/imports/import-format.ts'
import { journalFormat } from '../../../src/imports/journal/format.ts'
import type { JournalFormat, Planned } from '../../../src/imports/journals/run-journals.ts'
import { northwind } from '../../../src/imports/northwind/format.ts'
import { olist } from '../../../src/imports/olist/format.ts'
import { onlineRetail } from '../../../src/imports/online-retail/format.ts'
import { openingBalances } from '../../../src/imports/opening-balances/format.ts'
import { ownOrders } from '../../../src/imports/orders/format.ts'
import { readBudget } from '../../../src/imports/read-budget.ts'
import { shopifyOrders } from '../../../src/imports/shopify-orders/format.ts'
import { xeroJournals } from '../../../src/imports/xero-journals/format.ts'
import type { Tx } from '../../../src/kernel/database.ts'
import { Refusal } from '../../../src/kernel/refusal.ts'
import type { NewCompany } from '../../../src/modules/company/index.ts'
import type { ImportingCompany } from '../support.ts'
import { goodFiles } from './good-files.ts'

/** Reads files and plans all that is in them, as an import does before it writes. Returns how many documents or entries that is. */
export type PlanFiles = (paths: readonly string[]) => Promise<number>

const quiet = { log: () => {}, onLines: () => {} }

const planOrders =
  <Row, Input extends ReadInput<Row>>(format: ImportFormat<Row, Input>) =>
  (company: ImportingCompany): PlanFiles => {
    const remember = rememberer(company)
    return async (paths) => {
      const input = await format.read(paths, quiet)
      try {
        const run = { fileIds: [1n, 2n, 3n, 4n], importRunId: 1n }
        const plan: Planner<Row> = await remember((tx) => format.planner(tx, run, input))
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

/** Work that only reads, with the answers of the first time: the company's rules stay as they are all the while. */
function rememberer(company: ImportingCompany): <T>(act: (tx: Tx) => Promise<T>) => Promise<T> {
  const answers = new Map<string, unknown[]>()
  return (act) => {
    const ask: Tx['query'] = async <Row>(text: string, values: readonly unknown[] = []) => {
      const key = [text, ...values].join('\n')
      const found = answers.get(key) ?? (await company.look(text, values))
      answers.set(key, found)
      return found as Row[]
    }
    return act({ companyId: company.id, actor: 'test', query: ask })
  }
}

const planJournals =
  <Entry extends Planned>(format: JournalFormat<Entry>) =>
  (company: ImportingCompany): PlanFiles =>
  async (paths) => {
    const input = await format.read(paths, quiet.log)
    try {
      return await company.work(async (tx) => {
        await tx.query('savepoint before_plan')
        const { entries } = await input.plan(tx)
        const planned = [...entries].length
        await tx.query('rollback to before_plan')
        return planned
      })
    } finally {
      input.close?.()
    }
  }

const readRates =
  () =>
  async (paths: readonly string[]): Promise<number> =>
    (await readEcbRates(paths)).length

const readBudgets =
  () =>
  async (paths: readonly string[]): Promise<number> => {
    const amounts = await Promise.all(paths.map((path) => readBudget(path, 'GBP')))
    return amounts.flat().length
  }

export type Target = {
  name: string
  /** What `import` calls the format; null for what another command imports. */
  format: string | null
  company: Partial<NewCompany>
  files: Readonly<Record<string, string>>
  planner: (company: ImportingCompany) => PlanFiles
}

const british = { country: 'GB', currency: 'GBP', chart: 'generic' } as const

/** Every way in that files have. */
export const targets: readonly Target[] = [
  {
    name: 'online-retail',
    format: 'online-retail',
    company: british,
    files: goodFiles.retail,
    planner: planOrders(onlineRetail),
  },
  {
    name: 'orders as CSV',
    format: 'orders',
    company: british,
    files: goodFiles.ordersCsv,
    planner: planOrders(ownOrders),
  },
  {
    name: 'orders as JSON',
    format: 'orders',
    company: british,
    files: goodFiles.ordersJson,
    planner: planOrders(ownOrders),
  },
  {
    name: 'shopify-orders',
    format: 'shopify-orders',
    company: british,
    files: goodFiles.shopify,
    planner: planOrders(shopifyOrders),
  },
  {
    name: 'olist',
    format: 'olist',
    company: { country: 'BR', currency: 'BRL' },
    files: goodFiles.olist,
    planner: planOrders(olist),
  },
  {
    name: 'northwind',
    format: 'northwind',
    company: { country: 'US', currency: 'USD' },
    files: goodFiles.northwind,
    planner: planOrders(northwind),
  },
  {
    name: 'journal as CSV',
    format: 'journal',
    company: british,
    files: goodFiles.journal,
    planner: planJournals(journalFormat),
  },
  {
    name: 'journal of hledger',
    format: 'journal',
    company: british,
    files: goodFiles.hledger,
    planner: planJournals(journalFormat),
  },
  {
    name: 'journal of beancount',
    format: 'journal',
    company: british,
    files: goodFiles.beancount,
    planner: planJournals(journalFormat),
  },
  {
    name: 'opening-balances',
    format: 'opening-balances',
    company: british,
    files: goodFiles.opening,
    planner: planJournals(openingBalances),
  },
  {
    name: 'opening-balances as JSON',
    format: 'opening-balances',
    company: british,
    files: goodFiles.openingJson,
    planner: planJournals(openingBalances),
  },
  {
    name: 'xero-journals',
    format: 'xero-journals',
    company: { country: 'CA', currency: 'CAD', chart: 'generic' },
    files: goodFiles.xero,
    planner: planJournals(xeroJournals),
  },
  { name: 'budgets', format: null, company: british, files: goodFiles.budget, planner: readBudgets },
  { name: 'reference rates', format: null, company: british, files: goodFiles.ecb, planner: readRates },
]
