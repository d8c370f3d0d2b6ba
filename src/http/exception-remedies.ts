import type { z } from 'zod'
import { ExceptionName, ExceptionRemedy, Rerun } from '../contracts/exceptions.ts'
import { rerunAll } from '../imports/index.ts'
import type { Tx } from '../kernel/database.ts'
import type { Permission } from '../kernel/permissions.ts'
import { type Exception, exceptionsById, type Rerun as Rerunning } from '../modules/inbox/index.ts'
import { remedyOrAsk } from '../modules/second-person/index.ts'
import { listRoute, type RefuseUnless } from './list-route.ts'

type Remedy = z.output<typeof ExceptionRemedy>

/** What somebody must be allowed to do for an exception of a kind to be tried again: what that posts. */
const posts: Partial<Record<Exception['kind'], readonly Permission[]>> = {
  unknown_code: ['journal.post'],
  unknown_tax: ['journal.post'],
  unknown_payment_method: ['journal.post'],
  recurring_journal_refused: ['journal.post'],
}
const entryFormats: ReadonlySet<string> = new Set(['journal', 'xero-journals', 'opening-balances'])
const postedBy = ({ kind, source }: Exception): readonly Permission[] => {
  if (kind !== 'document_refused') return posts[kind] ?? []
  return entryFormats.has(source) ? ['journal.post'] : ['sales.write', 'payments.write']
}

/** Taking care of exceptions is no way around what somebody may not post. Refuses `not_permitted`, `exception_unknown`. */
async function refuseRerunsOfOthers(tx: Tx, ids: readonly bigint[], refuseUnless: RefuseUnless): Promise<void> {
  const needed = new Set((await exceptionsById(tx, ids)).flatMap(postedBy))
  for (const permission of needed) refuseUnless(permission)
}

const movesLines = (remedy: Remedy): boolean =>
  'standsFor' in remedy || 'taxCode' in remedy || 'moneyIs' in remedy || 'acceptUpTo' in remedy

const rerunView = ({ approvalId, ...one }: Rerunning) => ({
  ...one,
  id: String(one.id),
  state: one.state as 'open',
  approvalId: approvalId === undefined ? null : String(approvalId),
})

const hintOfWaiting =
  ' Where the company wants a second person for so much, what moves more waits for one, each by itself: its exception stays open and names the request.'

export const remedyRoutes = [
  listRoute({
    path: 'exceptions/resolutions',
    tag: 'Exceptions',
    permission: 'exceptions.write',
    summary: 'Resolve exceptions',
    description:
      'Says how each was done; or what an unknown code stands for, which moves all of its lines out of suspense; or where a destination is; or which tax code a source means by a name, likewise; or where money is that was paid by a name, likewise; or up to how much the difference of a total is accepted as rounding. What moves lines asks for the permission `journal.post`, too.' +
      hintOfWaiting,
    request: ExceptionRemedy,
    result: Rerun,
    perform: async (tx, requests, _, refuseUnless) => {
      if (requests.some(movesLines)) refuseUnless('journal.post')
      const remedies = requests.map((remedy) => ({ ...remedy, id: BigInt(remedy.id) }))
      return (await remedyOrAsk(tx, remedies)).map(rerunView)
    },
  }),
  listRoute({
    path: 'exceptions/reruns',
    tag: 'Exceptions',
    permission: 'exceptions.write',
    summary: 'Try again what exceptions stopped at',
    description:
      'By the rules as they are now: unknown codes, taxes and payment methods, destinations, documents that were refused, recurring journals. What succeeds is closed. Asks for the permissions of what it posts, too: `journal.post` for codes, taxes, payment methods and recurring journals, `sales.write` and `payments.write` for documents, and `journal.post` for entries.' +
      hintOfWaiting,
    request: ExceptionName,
    result: Rerun,
    perform: async (tx, requests, _, refuseUnless) => {
      const ids = requests.map(({ id }) => BigInt(id))
      await refuseRerunsOfOthers(tx, ids, refuseUnless)
      return (await rerunAll(tx, ids)).map(rerunView)
    },
  }),
]
