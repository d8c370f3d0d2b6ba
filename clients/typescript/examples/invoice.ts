import { type Countinghouse, ProblemError } from '../src/index.ts'

/** Issues an invoice, however often it is called, and tells what of it is open. */
export async function invoiceOnce(books: Countinghouse, companyId: string, number: string): Promise<string> {
  const path = { companyId }
  await books.call('createItems', { path, body: { requests: [{ code: 'MUG', name: 'Mug' }] } })
  const { results } = await books.call('createInvoices', {
    path,
    idempotencyKey: `invoice ${number}`,
    body: {
      requests: [
        {
          number,
          on: '2026-11-22',
          customer: { number: '17850', name: 'Anna' },
          lines: [{ item: 'MUG', quantity: '2', unitPrice: '9.99' }],
        },
      ],
    },
  })
  const [invoice] = results
  if (invoice === undefined || !('documentId' in invoice)) throw new Error('it was not issued')
  const document = await books.call('getDocument', { path: { companyId, documentId: invoice.documentId } })
  return document.open?.amount ?? '0.00'
}

/** The numbers of what a customer has not paid, page after page. */
export async function unpaid(books: Countinghouse, companyId: string, customer: string): Promise<string[]> {
  const numbers: string[] = []
  const query = { customer, open: 'true', limit: '2' } as const
  for await (const { number } of books.all('listDocuments', { path: { companyId }, query })) numbers.push(number)
  return numbers
}

/** Renames a customer, unless somebody else changed it since it was read. */
export async function rename(
  books: Countinghouse,
  companyId: string,
  customerId: string,
  name: string,
): Promise<boolean> {
  const path = { companyId, customerId }
  const { tag } = await books.read('getCustomer', { path })
  try {
    await books.call('changeCustomer', { path, body: { name }, ifMatch: tag ?? '*' })
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'changed_meanwhile') return false
    throw error
  }
}
