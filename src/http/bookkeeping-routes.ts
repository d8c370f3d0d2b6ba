import {
  NewApplication,
  NewBadDebt,
  NewOpeningBalances,
  NewReclassification,
  PostedEntry,
  Saved,
  YearToClose,
} from '../contracts/facts.ts'
import { applyOpenItems } from '../modules/receivables/index.ts'
import { documentsByNumber } from '../modules/sales/index.ts'
import {
  closeYearsOrAsk,
  postOpeningBalancesOrAsk,
  reclassifyOrAsk,
  writeOffOrAsk,
} from '../modules/second-person/index.ts'
import { amountsOf, postedView } from './amounts.ts'
import { newApi } from './api.ts'
import { listRoute } from './list-route.ts'
import { viewsOf } from './waiting.ts'
import { lineReader } from './written-lines.ts'

const badDebts = listRoute({
  path: 'bad-debts',
  tag: 'Receivables',
  permission: 'journal.post',
  summary: 'Write off bad debts',
  description: 'Gives up what a customer will not pay. Tax relief is a later fact.',
  request: NewBadDebt,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const { readIfGiven } = await amountsOf(tx)
    const documentOf = await documentsByNumber(
      tx,
      requests.map(({ invoice }) => invoice),
    )
    const writeOffs = requests.map(({ invoice, amount, currency, ...debt }) => ({
      ...debt,
      documentId: documentOf(invoice),
      amountMinor: readIfGiven(amount, currency),
    }))
    return viewsOf(await writeOffOrAsk(tx, writeOffs, mode), postedView)
  },
})

const applications = listRoute({
  path: 'open-items/applications',
  tag: 'Receivables',
  permission: 'payments.write',
  summary: 'Apply open items',
  description:
    'Settles what a customer owes with what the same customer paid or was credited, or what we owe a supplier likewise. Posts nothing but exchange differences.',
  request: NewApplication,
  result: Saved,
  perform: async (tx, requests) => {
    const { read } = await amountsOf(tx)
    await applyOpenItems(
      tx,
      requests.map(({ debitItem, creditItem, on, amount, currency }) => ({
        debitItemId: BigInt(debitItem),
        creditItemId: BigInt(creditItem),
        appliedOn: on,
        amountMinor: read(amount, currency),
      })),
    )
    return requests.map(() => ({ result: 'saved' as const }))
  },
})

const openingBalances = listRoute({
  path: 'opening-balances',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Post opening balances',
  description: 'Against the account opening balances, which ends at zero when all are in.',
  request: NewOpeningBalances,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const read = await lineReader(
      tx,
      requests.flatMap(({ lines }) => lines),
    )
    const openings = requests.map((request) => ({ ...request, lines: request.lines.map(read) }))
    return viewsOf(await postOpeningBalancesOrAsk(tx, openings, mode), postedView)
  },
})

const reclassifications = listRoute({
  path: 'reclassifications',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Reclassify lines',
  description: 'Moves lines of posted entries to the accounts on which they belong, by an entry.',
  request: NewReclassification,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const moves = requests.map(({ entryId, ...move }) => ({ ...move, entryId: BigInt(entryId) }))
    return viewsOf(await reclassifyOrAsk(tx, moves, mode), postedView)
  },
})

const years = listRoute({
  path: 'years/close',
  tag: 'Periods',
  permission: 'periods.close',
  summary: 'Close fiscal years',
  description: 'Moves the result of each year to retained earnings.',
  request: YearToClose,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const outcome = await closeYearsOrAsk(
      tx,
      requests.map(({ year }) => year),
      mode,
    )
    return viewsOf(outcome, postedView)
  },
})

export const bookkeepingRoutes = [badDebts, applications, openingBalances, reclassifications, years].reduce(
  (all, each) => all.route('/', each),
  newApi(),
)
