import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyResult } from '../../src/imports/import-result.ts'
import { resultOfAllRuns, withFewRows } from '../../src/jobs/import-results.ts'
import { raiseExceptions } from '../../src/modules/inbox/index.ts'
import { beginImportRun, saveImportRequest, workForImportRun } from '../../src/modules/intake/index.ts'
import { type Books, openBooks } from '../reports/support.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
})
afterAll(() => books.close())

test('a result tells some of very many exceptions and counts all, those of earlier runs too', async () => {
  const result = await books.write(async (tx) => {
    const { id } = await saveImportRequest(tx, {
      format: 'orders',
      dryRun: false,
      files: [{ name: 'a.csv', sha256: 'a' }],
    })
    for (const run of [1, 2]) {
      await workForImportRun(tx, await beginImportRun(tx, 'orders', { lines: 0, documents: 0, requestId: id }))
      const raised = Array.from({ length: 300 }, (_, index) => ({
        kind: 'document_refused' as const,
        source: 'orders',
        subject: `${run}-${index}`,
        message: 'set aside',
        amountMinor: 1n,
        currency: 'GBP',
      }))
      await raiseExceptions(tx, raised)
    }
    return await resultOfAllRuns(tx, id, emptyResult('orders', false))
  })
  expect(result.exceptions).toMatchObject({ opened: 600, byKind: { document_refused: 600 } })
  expect(result.exceptions.rows).toHaveLength(500)
  const many = { ...result.exceptions, rows: [...result.exceptions.rows, ...result.exceptions.rows] }
  expect(withFewRows({ ...result, exceptions: many }).exceptions).toEqual(result.exceptions)
})
