import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor } from '../kernel/money.ts'
import { type ApprovalRequest, listApprovals } from '../modules/approvals/index.ts'
import { decide } from '../modules/second-person/index.ts'
import { type Command, UsageError } from './command.ts'
import { table } from './table.ts'
import { exactly, neededCompany, oneOf, readWords } from './words.ts'

const states = ['pending', 'approved', 'declined'] as const

const asTable = (requests: readonly ApprovalRequest[]): string =>
  table(
    ['id', 'kind', 'amount', '', 'asked by', 'state', 'decided by', 'what'],
    requests.map((request) => [
      String(request.id),
      request.kind,
      request.amountMinor === null ? '' : formatMinor(request.amountMinor, request.currency),
      request.amountMinor === null ? '' : request.currency,
      request.requestedBy,
      request.state,
      request.decidedBy ?? '',
      request.summary,
    ]),
    ['amount'],
  )

export const approvalList: Command = (words) => {
  const { values, positionals } = readWords(words, {
    company: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
  })
  exactly(positionals, [])
  const company = neededCompany(values.company)
  const state = values.state === undefined ? null : oneOf(values.state, states, '--state')
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), (tx) => listApprovals(tx, state))
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('Nothing waits for anybody.')
    else await terminal.write(asTable(rows))
    return 0
  }
}

const deciding =
  (decision: 'approved' | 'declined'): Command =>
  (words) => {
    const { values, positionals } = readWords(words, {
      company: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [id] = exactly(positionals, ['the number of the request']) as [string]
    if (!/^[1-9][0-9]{0,17}$/.test(id)) throw new UsageError(`A request has a number, not '${id}'.`)
    const company = neededCompany(values.company)
    return async ({ database, terminal }) => {
      const decided = await inCompany(database, await requireCompany(database, company), (tx) =>
        decide(tx, { id: BigInt(id), decision, reason: values.reason ?? '' }),
      )
      if (values.json) await terminal.json(decided)
      else await terminal.line(`Request ${id} is ${decision}.`)
      return 0
    }
  }

export const approvalApprove = deciding('approved')
export const approvalDecline = deciding('declined')
