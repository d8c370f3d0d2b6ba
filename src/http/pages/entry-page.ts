import { html } from 'hono/html'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { EntryDetail, EntryLine } from '../../reports/journal-entry.ts'
import { at, day, type Frame, figure, type Html, page, words } from './page.ts'

/** An entry, and for each line why it is where it is. */
export function entryPage(frame: Frame, company: CompanyFacts, entry: EntryDetail): Html {
  const { locale } = frame
  const name = entry.number ?? `${entry.entryId}, not sealed yet`
  const currency = company.baseCurrency
  const link = (id: string): Html => html`<a href="${at(company, `entries/${id}`)}">entry ${id}</a>`
  return page(frame, {
    title: `Entry ${name}`,
    area: 'trial-balance',
    content: html`<div class="head"><h1>Entry ${name}</h1></div>
<dl class="facts">
<dt>Date</dt><dd>${day(entry.date, locale)}${entry.effectiveOn === entry.date ? '' : html` · took effect ${day(entry.effectiveOn, locale)}, in a closed period`}</dd>
<dt>Fact</dt><dd>${words(entry.rule)} ${entry.description}${entry.closesYear ? ' · closes the year' : ''}</dd>
<dt>Source</dt><dd>${words(entry.source.kind)} ${entry.source.id}${entry.revision > 0 ? ` · revision ${entry.revision}` : ''}</dd>
${entry.reverses === null ? '' : html`<dt>Reverses</dt><dd>${link(entry.reverses)}</dd>`}
${entry.reversedBy === null ? '' : html`<dt>Reversed by</dt><dd>${link(entry.reversedBy)}</dd>`}
${entry.sources.map(
  (source) =>
    html`<dt>Read from</dt><dd>${source.file}, ${source.firstRow === source.lastRow ? `line ${source.firstRow}` : `lines ${source.firstRow} to ${source.lastRow}`} (${source.document})</dd>`,
)}
<dt>Posted</dt><dd>${entry.postedAt.replace('T', ' ').replace('Z', ' UTC')}${entry.postedBy === '' ? '' : ` by ${entry.postedBy}`}</dd>
</dl>
<table class="rows figures"><thead><tr><th class="wide">Line</th><th>Account</th><th class="wide">About</th><th class="wide">Why here</th><th class="number">Amount, ${currency}</th></tr></thead><tbody>
${entry.lines.map(
  (line) => html`<tr><td class="wide quiet">${line.lineNo}</td>
<td><a href="${at(company, `ledger/${encodeURIComponent(line.account.code)}`)}"><span class="code">${line.account.code}</span> ${line.account.name}</a><div class="narrow quiet">${about(line)}. Why here: ${why(line, locale)}</div></td>
<td class="wide quiet">${about(line)}</td><td class="wide quiet">${why(line, locale)}</td>
<td class="number">${figure(line.amount, locale)}${line.currencyAmount === null ? '' : html`<br><small>${line.currencyAmount.currency} ${figure(line.currencyAmount, locale)}</small>`}</td></tr>`,
)}</tbody></table>`,
  })
}

function about(line: EntryLine): string {
  const parts = [
    line.partyName === null
      ? null
      : `${line.partyName}${line.partyName.includes(line.party ?? '') ? '' : ` (${line.party})`}`,
    line.item === null ? null : `${line.item} ${line.itemName ?? ''}`,
    line.document === null
      ? null
      : `document ${line.document}${line.documentLineNo === null ? '' : ` line ${line.documentLineNo}`}`,
    line.taxCode === null ? null : `tax code ${line.taxCode}`,
    line.taxBase === null ? null : `on ${line.taxBase.amount}`,
    line.taxAuthority === null ? null : `for ${line.taxAuthority}`,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

function why({ mapping }: EntryLine, locale: string): string {
  if (mapping === null) return 'the entry names the account'
  const since = mapping.effectiveFrom < '1000' ? 'from the beginning' : `from ${day(mapping.effectiveFrom, locale)}`
  const reason = mapping.reason === '' ? '' : `: ${mapping.reason}`
  return `mapping of ${words(mapping.role)}, v${mapping.version} ${since}, by ${mapping.author}${reason}`
}
