import { moneyJson } from '../kernel/money.ts'
import type { ApprovalRequest } from '../modules/approvals/index.ts'
import type { ApprovalDetail, DoneOrWaiting, Outcome } from '../modules/second-person/index.ts'
import { Waiting } from './command.ts'

/** A request for approval as the API tells it. */
export const approvalView = ({ id, amountMinor, currency, ...request }: ApprovalRequest) => ({
  ...request,
  id: String(id),
  amount: amountMinor === null ? null : moneyJson(amountMinor, currency),
})

/** The same with all that it would do. */
export const approvalDetailView = (detail: ApprovalDetail) => {
  const { request, refusal, debitsMinor, moves, lines, ...rest } = detail
  return {
    ...approvalView(request),
    ...rest,
    debits: moneyJson(debitsMinor, request.currency),
    moves: moves.map(({ amountMinor, ...move }) => ({ ...move, amount: moneyJson(amountMinor, request.currency) })),
    lines: lines.map(
      ({ accountCode, accountName, amountMinor, currency, currencyAmountMinor, taxBaseMinor, ...line }) => ({
        ...line,
        account: { code: accountCode, name: accountName },
        amount: moneyJson(amountMinor, request.currency),
        currencyAmount: currency === request.currency ? null : moneyJson(currencyAmountMinor, currency),
        taxBase: taxBaseMinor === null ? null : moneyJson(taxBaseMinor, request.currency),
      }),
    ),
    refusal: refusal === null ? null : { code: refusal.code, message: refusal.message },
  }
}

/** What a list route answers with: what was done as `view` tells it, and what waits. */
export function viewsOf<Result, View>(
  outcome: Outcome<Result>,
  view: (result: Result) => View,
): (View | Waiting)[] | Waiting {
  const viewOf = (one: DoneOrWaiting<Result>): View | Waiting =>
    'waiting' in one ? new Waiting(approvalView(one.waiting)) : view(one.done)
  if ('each' in outcome) return outcome.each.map(viewOf)
  return 'waiting' in outcome ? new Waiting(approvalView(outcome.waiting)) : outcome.done.map(view)
}
