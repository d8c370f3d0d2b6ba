import { BadInput } from '../../kernel/bad-input.ts'
import type { Tx } from '../../kernel/database.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lineCodeReader, listLineCodeRules } from '../../modules/catalog/index.ts'
import { companyFacts } from '../../modules/company/index.ts'
import {
  destinationNames,
  destinationReader,
  listDestinationRules,
  listTaxCodes,
  rateOn,
  type TaxCode,
} from '../../modules/tax/index.ts'
import type { ImportFormat } from '../import-format.ts'
import type { InputFile } from '../input-files.ts'
import { readCsv } from '../read-csv.ts'
import { readThroughSpill } from '../read-through-spill.ts'
import { currency, planDocument, type Rules, source } from './plan-document.ts'
import { type Header, type Row, readHeader, readRow, rowCodec } from './row.ts'

/** The order export of a UK online retailer: one CSV row a line, invoices, credit notes and adjustments by the number's first letter. */
export const onlineRetail: ImportFormat<Row> = {
  name: source,
  codec: rowCodec,
  files: ['csv'],
  read: (paths, options) => readThroughSpill(paths, { kinds: ['csv'], codec: rowCodec, readFile }, options),
  planner: async (tx, run) => {
    const rules = await loadRules(tx, run)
    return (group) => ({ documents: [planDocument(group, rules)] })
  },
}

async function readFile({ path }: InputFile, onRow: (row: Row, line: number) => void): Promise<void> {
  let header: Header | undefined
  await readCsv(path, (record, line) => {
    if (header === undefined) header = readHeader(path, record)
    else onRow(readRow(header, record, line), line)
  })
  if (header === undefined) throw new BadInput({ file: path, line: 1, column: 1 }, 'an empty file', 'expected a header')
}

async function loadRules(
  tx: Tx,
  { fileIds, importRunId }: { fileIds: readonly bigint[]; importRunId: bigint },
): Promise<Rules> {
  const { baseCurrency } = await companyFacts(tx)
  if (baseCurrency !== currency) throw new Refusal('currency_not_base', { file: currency, company: baseCurrency })
  const taxCodes = await listTaxCodes(tx)
  const outsideScope = taxCodes.find((code) => code.kind === 'outside_scope')
  if (outsideScope === undefined) throw new Refusal('tax_code_unknown', { kind: 'outside_scope' })
  const byId = new Map(taxCodes.map((code) => [code.id, code]))
  const taxCode = (id: bigint): TaxCode => byId.get(id) as TaxCode
  return {
    lineCode: lineCodeReader(await listLineCodeRules(tx, source)),
    destination: destinationReader(await listDestinationRules(tx), await destinationNames(tx)),
    rate: (id, day) => rateOn(taxCode(id), day),
    authority: (id) => taxCode(id).authority,
    outsideScopeId: outsideScope.id,
    fileIds,
    importRunId,
  }
}
