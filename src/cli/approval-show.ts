import { inCompany, requireCompany } from '../kernel/database.ts'
import { formatMinor } from '../kernel/money.ts'
import { type ApprovalDetail, approvalDetail } from '../modules/second-person/index.ts'
import { requestNumber } from './approval.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'
import { neededCompany, readWords } from './words.ts'

export const approvalShow: Command = (words) => {
  const { values, positionals } = readWords(words, { company: { type: 'string' }, json: { type: 'boolean' } })
  const id = requestNumber(positionals)
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const detail = await inCompany(database, await requireCompany(database, company), (tx) => approvalDetail(tx, id))
    const { request, refusal, ...rest } = detail
    if (values.json)
      await terminal.json({ ...request, ...rest, refusal: refusal && { code: refusal.code, message: refusal.message } })
    else await tell(terminal, detail)
    return 0
  }
}

async function tell(terminal: Terminal, detail: ApprovalDetail): Promise<void> {
  const { request, changes, moves, entries, lines, entryCount, lineCount, debitsMinor, refusal } = detail
  const { currency } = request
  await terminal.line(
    `${request.summary}. Asked by ${request.requestedBy} on ${request.requestedAt}; ${request.state}.`,
  )
  if (refusal !== null) await terminal.line(`It could not be done now: ${refusal.code}. ${refusal.message}`)
  if (changes.length > 0)
    await terminal.write(
      table(
        ['what', 'now', 'then'],
        changes.map(({ field, before, after }) => [field, before ?? '', after ?? '']),
      ),
    )
  if (moves.length > 0)
    await terminal.write(
      table(
        ['from', 'to', 'lines', 'amount'],
        moves.map(({ from, to, lines: count, amountMinor }) => [
          `${from.code} ${from.name}`,
          `${to.code} ${to.name}`,
          String(count),
          formatMinor(amountMinor, currency),
        ]),
        ['lines', 'amount'],
      ),
    )
  if (entryCount === 0) return
  await terminal.write(
    table(
      ['reference', 'date', 'what', 'document', 'reason', 'files'],
      entries.map((e) => [
        e.reference,
        e.date,
        e.description,
        e.documentReference ?? '',
        e.reason,
        e.attachments.map(({ name }) => name).join(', '),
      ]),
    ),
  )
  await terminal.write(
    table(
      ['reference', 'account', 'name', 'party', 'document', 'due', 'amount', '', 'tax'],
      lines.map((l) => [
        l.reference,
        l.accountCode,
        l.accountName,
        l.party ?? '',
        l.document ?? '',
        l.dueOn ?? '',
        formatMinor(l.amountMinor, currency),
        l.currency === currency ? '' : `${formatMinor(l.currencyAmountMinor, l.currency)} ${l.currency}`,
        [l.taxCode ?? '', l.taxBaseMinor === null ? '' : `on ${formatMinor(l.taxBaseMinor, currency)}`]
          .join(' ')
          .trim(),
      ]),
      ['amount'],
    ),
  )
  const shown = lines.length < lineCount ? `; the first ${lines.length} lines are shown` : ''
  await terminal.line(
    `${entryCount} entries, ${lineCount} lines, debits of ${formatMinor(debitsMinor, currency)} ${currency}${shown}.`,
  )
}
