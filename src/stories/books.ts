import type pg from 'pg'
import { only, settingsOf, type Tx, transactionOn } from '../kernel/database.ts'
import { findOrAddItems, normaliseCode } from '../modules/catalog/index.ts'
import { saveCompany } from '../modules/company/index.ts'
import { findOrAddParties } from '../modules/parties/index.ts'
import { addCompanyRates } from '../modules/rates/index.ts'
import { listTaxCodes, replaceTaxCodes, type TaxCode } from '../modules/tax/index.ts'
import type { Order } from './order.ts'
import type { Header, Story } from './story.ts'

/** The throwaway books of a story, in a transaction of the owner's that works as the application. */
export type StoryBooks = {
  tx: Tx
  header: Header
  partyIds: ReadonlyMap<string, bigint>
  taxCodes: ReadonlyMap<string, TaxCode>
  /** Orders are commitments and post nothing: the story remembers them. */
  orders: Map<string, Order>
  /** What customers have paid on account. */
  payments: Map<string, bigint[]>
}

export const asApplication = (client: pg.ClientBase) => client.query('set local role countinghouse_app')
export const asOwner = (client: pg.ClientBase) => client.query('set local role none')

/** Creates the company of a story with all that its header names, in the open transaction, and leaves it working as the application. */
export async function openStoryBooks(client: pg.ClientBase, { file, header }: Story): Promise<StoryBooks> {
  const { rows } = await client.query<{ id: bigint }>(`select nextval(pg_get_serial_sequence('company', 'id')) as id`)
  const { id } = only(rows)
  await client.query(settingsOf(id, 'story'))
  const tx = transactionOn(client, id, 'story')
  await saveCompany(tx, { name: `Story ${file}`, ...header.company })
  await saveTaxes(tx, header)
  await asApplication(client)
  await addCompanyRates(
    tx,
    header.rates.map((rate) => ({ source: 'manual', ...rate })),
    'story',
  )
  const taxCodes = new Map((await listTaxCodes(tx)).map((code) => [code.code, code]))
  await findOrAddItems(
    tx,
    header.items.map(({ name, kind, taxCode }) => ({
      code: normaliseCode(name),
      name,
      kind,
      taxCodeId: taxCodes.get(taxCode ?? 'standard')?.id ?? null,
    })),
  )
  return { tx, header, partyIds: await saveParties(tx, header), taxCodes, orders: new Map(), payments: new Map() }
}

/** The rates of a story are its own: a code that it names has no others. */
async function saveTaxes(tx: Tx, { taxes, company }: Header): Promise<void> {
  const known = await listTaxCodes(tx)
  const usual = known.find(({ code }) => code === 'standard')?.authority ?? `Tax authority of ${company.country}`
  const codes = Map.groupBy(taxes, ({ code }) => code)
  await replaceTaxCodes(
    tx,
    [...codes].map(([code, ofCode]) => ({
      code,
      name: code,
      kind: ofCode.some(({ rate }) => rate !== '0') ? 'reduced' : 'zero',
      authority: ofCode.find(({ authority }) => authority !== null)?.authority ?? usual,
      rates: ofCode.map(({ from, rate }) => ({ from: from ?? '0001-01-01', rate })),
    })),
  )
}

async function saveParties(tx: Tx, { customers, suppliers }: Header): Promise<Map<string, bigint>> {
  const saved = await findOrAddParties(
    tx,
    'customer',
    customers.map(({ name, ...customer }) => ({ kind: 'customer', number: name, name, ...customer })),
  )
  const sellers = await findOrAddParties(
    tx,
    'supplier',
    suppliers.map((name) => ({ kind: 'supplier', number: name, name })),
  )
  return new Map([...saved, ...sellers].map(([name, { id }]) => [name, id]))
}
