/** Texts of earlier books that never were, in each format that such books come in. All of them tie out; a size gives how much is in them. */

const pounds = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
const dayOf = (n: number): string =>
  `2024-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
const numbers = (size: number): number[] => Array.from({ length: size }, (_, n) => n)

/** Rent, sales on credit that are paid, purchases, money in dollars, and the same entry twice. */
export const generatedHledger = (size: number): string =>
  [
    'commodity GBP 1,000.00\n\nP 2024-01-01 USD 0.80 GBP\n',
    ...numbers(size).map((n) => {
      const amount = `GBP ${pounds(1_000 + n)}`
      const head = `${dayOf(n)} * (${n}) Entry ${n}`
      if (n % 5 === 0) return `${head}  ; party: C${n % 11}\n    1200  ${amount}\n    4000\n`
      if (n % 5 === 1) return `${head}\n    1300  ${amount}\n    1200  ; party: C${(n - 1) % 11}, document: R-${n}\n`
      if (n % 5 === 2) return `${head}\n    6200  ${amount}\n    2000  GBP -${pounds(1_000 + n)}  ; party: S${n % 7}\n`
      if (n % 5 === 3) return `${head}\n    1310  USD ${n + 1}.00\n    4000\n`
      return `${dayOf(n)} Coffee\n    6400  3.50\n    1310\n\n${dayOf(n)} Coffee\n    6400  3.50\n    1310\n`
    }),
  ].join('\n')

/** The same kinds of entries as a CSV of lines with references. */
export const generatedCsvJournal = (size: number): string =>
  [
    'reference,date,account,amount,description,party,document,currency,currency_amount',
    ...numbers(size).flatMap((n) => {
      const [amount, back] = [pounds(1_000 + n), pounds(-1_000 - n)]
      const line = (account: string, sum: string, rest = ',,,') =>
        `r${n},${dayOf(n)},${account},${sum},Entry ${n},${rest}`
      if (n % 3 === 0) return [line('1200', amount, `C${n % 11},R-${n},,`), line('4000', back)]
      if (n % 3 === 1) return [line('1310', amount, `,,USD,${n + 1}.00`), line('4000', back)]
      return [line('6200', amount), line('2000', back, `S${n % 7},B-${n},,`)]
    }),
    '',
  ].join('\n')

export const generatedBeancount = (size: number): string =>
  [
    'option "title" "Books"\n2024-01-01 open Assets:1300-Bank GBP\n',
    ...numbers(size).map(
      (n) =>
        `${dayOf(n)} * "Somebody" "Entry ${n}"\n  reference: "b${n}"\n  Assets:1300-Bank  ${pounds(1_000 + n)} GBP\n  Expenses:6200-Rent\n`,
    ),
    `2025-01-01 balance Assets:1300-Bank  ${pounds(numbers(size).reduce((sum, n) => sum + 1_000 + n, 0))} GBP\n`,
  ].join('\n')

/** An open item of a customer and one of a supplier for each number, and the other side of all. */
export const generatedOpening = (size: number): string =>
  [
    'date,account,amount,party,party_name,document,document_date,due_date,currency,currency_amount',
    ...numbers(size).flatMap((n) => [
      `2023-12-31,receivable,${pounds(2_000 + n)},C${n % 97},Customer ${n % 97},R-${n},2023-11-02,2023-12-02,,`,
      `2023-12-31,payable,${pounds(-1_000 - n)},S${n % 41},Supplier ${n % 41},B-${n},2023-12-01,,USD,${pounds(-1_500 - n)}`,
    ]),
    `2023-12-31,bank,${pounds(5_000)},,,,,,,`,
    `2023-12-31,retained_earnings,${pounds(-5_000 - 1_000 * size)},,,,,,,`,
    '',
  ].join('\n')

export const openingAsJson = (csv: string): string => {
  const [head = '', ...rows] = csv.trimEnd().split('\n')
  const names = head.split(',')
  const objects = rows.map((row) =>
    Object.fromEntries(row.split(',').flatMap((text, place) => (text === '' ? [] : [[names[place], text]]))),
  )
  return `[\n${objects.map((object) => JSON.stringify(object)).join(',\n')}\n]\n`
}

const xeroId = (kind: string, n: number): string => `${kind}${String(n).padStart(7, '0')}-9eca-46a6-899a-4417043ab5ae`

/** Invoices in pounds and dollars with their payments, as the tables of Xero's API; every fourth is not paid. */
export function generatedXero(size: number): Record<string, string> {
  const paid = numbers(size).filter((n) => n % 4 !== 3)
  const table = (head: string, rows: readonly string[]): string => [head, ...rows, ''].join('\n')
  const journal = (id: string, number: number, n: number, source: string, type: string): string =>
    `${xeroId(id, n)},2024-02-01 10:00:00,${dayOf(n)},${number},Ref ${n},${source},${type}`
  const line = (id: string, n: number, account: number, of: string, minor: number): string =>
    `${xeroId(id, n)},${xeroId('a', account)},Words,${of},${pounds(minor)}`
  return {
    'xero_account_data.csv': table('account_id,name,code,type,class', [
      `${xeroId('a', 1)},Business account,090,BANK,ASSET`,
      `${xeroId('a', 2)},Accounts Receivable,610,CURRENT,ASSET`,
      `${xeroId('a', 3)},Sales,200,REVENUE,REVENUE`,
    ]),
    'xero_contact_data.csv': table(
      'contact_id,name',
      numbers(13).map((n) => `${xeroId('c', n)},Contact ${n}`),
    ),
    'xero_invoice_data.csv': table(
      'invoice_id,contact_id,date,due_date,fully_paid_on_date,total,total_tax,amount_due,currency_code,currency_rate,invoice_number,status,type',
      numbers(size).map((n) => {
        const usd = n % 5 === 0
        const open = n % 4 === 3
        return `${xeroId('i', n)},${xeroId('c', n % 13)},${dayOf(n)},${dayOf(n)},${open ? '' : dayOf(n)},${pounds(1_000 + n)},0.00,${open ? pounds(1_000 + n) : '0.00'},${usd ? 'USD,1.25' : 'GBP,1'},INV-${n},${open ? 'AUTHORISED' : 'PAID'},ACCREC`
      }),
    ),
    'xero_journal_data.csv': table(
      'journal_id,created_date_utc,journal_date,journal_number,reference,source_id,source_type',
      [
        ...numbers(size).map((n) => journal('j', 1 + n, n, xeroId('i', n), 'ACCREC')),
        ...paid.map((n) => journal('p', 1 + size + n, n, xeroId('s', n), 'ACCRECPAYMENT')),
      ],
    ),
    'xero_journal_line_data.csv': table('journal_line_id,account_id,description,journal_id,net_amount', [
      ...numbers(size).flatMap((n) => [
        line('k', n, 2, xeroId('j', n), 1_000 + n),
        line('l', n, 3, xeroId('j', n), -1_000 - n),
      ]),
      ...paid.flatMap((n) => [line('m', n, 1, xeroId('p', n), 1_000 + n), line('n', n, 2, xeroId('p', n), -1_000 - n)]),
    ]),
  }
}

/** Rates of two currencies for as many days from a year on. */
export const generatedRates = (days: number, year = 2024): string =>
  [
    'Date,USD,GBP,',
    ...numbers(days).map((n) => {
      const day = new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10)
      return `${day},1.${1000 + (n % 900)},0.${8000 + (n % 900)},`
    }),
    '',
  ].join('\n')
