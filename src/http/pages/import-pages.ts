import { html } from 'hono/html'
import type { ImportResult } from '../../imports/index.ts'
import { importFileKinds, importFormats } from '../../imports/index.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { ImportRequest } from '../../modules/intake/index.ts'
import { at, count, day, type Frame, figure, type Html, page, words } from './page.ts'

/** Choose files and look before anything is written; below, what was imported before. */
export function importsPage(frame: Frame, company: CompanyFacts, requests: readonly ImportRequest[]): Html {
  return page(frame, {
    title: 'Import',
    area: 'imports',
    content: html`<div class="head"><h1>Import</h1></div>
${steps('files')}
<form id="import" class="fields panel" data-company="${company.id}">
<label>What it is <select name="format">${importFormats.map((format) => html`<option>${format}</option>`)}</select></label>
<label>Files <input type="file" name="files" multiple accept="${[...importFileKinds.map((kind) => `.${kind}`), '.gz'].join(',')}" required></label>
<button class="primary">Check</button>
<p class="quiet">As the format says: CSV, JSON or SQL, or any of them compressed with gzip; as many as you like. Checking shows what would be posted and writes nothing.</p>
<p id="uploading" role="status" hidden></p>
<p class="problem" role="alert" hidden></p>
</form>
${requests.length === 0 ? html`<p class="empty">Nothing has been imported through these pages yet.</p>` : requestList(frame, company, requests)}`,
  })
}

/** Imports as rows: the newest first. */
export const requestList = (
  { locale }: Frame,
  company: CompanyFacts,
  requests: readonly ImportRequest[],
): Html => html`<h2>Imports</h2><table class="rows figures"><thead><tr><th>Import</th><th>Begun</th><th class="wide">Format</th><th>State</th><th class="number">Documents</th></tr></thead><tbody>
${requests.map(
  (
    request,
  ) => html`<tr><td><a href="${at(company, `imports/${request.id}`)}">${request.dryRun ? 'Check' : 'Import'} ${request.id}</a> <span class="quiet">${filesInWords(request)}</span></td>
<td class="date moment">${moment(request.requestedAt, locale)}</td><td class="wide">${request.format}</td>
<td><span class="state ${request.state}">${request.state}</span></td><td class="number">${count(request.documentsDone, locale)}</td></tr>`,
)}</tbody></table>`

/** How far an import is, and what came of it; the page follows it by itself. */
export function importPage(frame: Frame, company: CompanyFacts, request: ImportRequest): Html {
  const title = `${request.dryRun ? 'Check' : 'Import'} ${request.id}`
  const result = request.result as ImportResult | null
  const stage = request.dryRun
    ? request.state === 'done'
      ? 'run'
      : 'check'
    : request.state === 'done'
      ? 'done'
      : 'run'
  return page(frame, {
    title,
    area: 'imports',
    content: html`<div class="head"><h1>${title}</h1><span class="quiet">${filesInWords(request)} · ${request.format}</span></div>
${steps(stage)}
${request.state === 'running' ? progressPart(company, request) : ''}
${request.state === 'failed' ? failurePart(company, request) : ''}
${result === null ? '' : resultPart(frame, company, request, result)}`,
  })
}

const stages = [
  ['files', 'Files'],
  ['check', 'Check'],
  ['run', 'Run'],
  ['done', 'Done'],
] as const

const steps = (current: (typeof stages)[number][0]): Html =>
  html`<ol class="steps">${stages.map(
    ([stage, name]) => html`<li${stage === current ? html` aria-current="step"` : ''}>${name}</li>`,
  )}</ol>`

const filesInWords = ({ files }: ImportRequest): string =>
  files.length === 1 ? (files[0]?.name ?? '1 file') : `${files.length} files`

const moment = (text: string, locale: string): string => `${day(text, locale)} ${text.slice(11, 16)}`

const progressPart = (
  company: CompanyFacts,
  request: ImportRequest,
): Html => html`<section class="panel" id="progress" aria-live="polite"
 data-url="/api/v1${at(company, `imports/${request.id}`)}">
<p><b data-field="phase">${request.phase}</b> <span data-field="what" class="quiet">the page follows the import; you can leave and come back</span></p>
<progress max="1"></progress>
<dl class="facts"><dt>Lines read</dt><dd data-field="lines">${request.lines}</dd><dt>Documents</dt><dd data-field="documents">${request.documentsDone}</dd>
<dt>Entries</dt><dd data-field="entries">${request.entries}</dd><dt>Entries per second</dt><dd data-field="rate">–</dd><dt>Time left</dt><dd data-field="left">–</dd></dl>
</section>`

const failurePart = (company: CompanyFacts, request: ImportRequest): Html => html`<section class="panel">
<p class="problem" role="alert">${request.message}</p>
<p>${request.dryRun ? 'Nothing was written.' : 'What was written before it stopped is whole and stays; running it again goes on from there.'}</p>
<p>${runButton(company, request, request.dryRun ? 'Check again' : 'Run again', request.dryRun)} <a href="${at(company, 'imports')}">Choose other files</a></p>
</section>`

const runButton = (company: CompanyFacts, request: ImportRequest, name: string, dryRun: boolean): Html =>
  html`<button class="primary" data-run="/api/v1${at(company, 'imports')}" data-request="${JSON.stringify({ format: request.format, files: request.files, dryRun })}">${name}</button>`

function resultPart(frame: Frame, company: CompanyFacts, request: ImportRequest, result: ImportResult): Html {
  const { locale } = frame
  const { documents, exceptions, links } = result
  const kinds = Object.entries(result.byKind).map(([kind, number]) => `${count(number, locale)} ${words(kind)}`)
  const nothingNew = documents.created === 0 && documents.existing > 0
  return html`<section class="panel"><p class="lead">${
    nothingNew
      ? 'All of it is in the books already: these files add nothing.'
      : `${request.dryRun ? 'Would create' : 'Created'} ${kinds.join(', ') || 'nothing'}.`
  }</p>
<dl class="facts"><dt>Lines</dt><dd>${count(result.lines, locale)}</dd><dt>Documents</dt><dd>${count(documents.created, locale)} new · ${count(documents.existing, locale)} here already · ${count(documents.refused, locale)} set aside</dd>
${result.payments === undefined ? '' : html`<dt>Payments</dt><dd>${count(result.payments.created, locale)} new · ${count(result.payments.existing, locale)} here already</dd>`}
<dt>Entries</dt><dd>${count(result.entries, locale)}</dd>
${links.linked + links.partly + links.unlinked === 0 ? '' : html`<dt>Credit-note lines</dt><dd>${count(links.linked, locale)} linked to invoices · ${count(links.partly, locale)} partly · ${count(links.unlinked, locale)} not</dd>`}</dl>
<p>${
    request.dryRun
      ? html`${nothingNew ? '' : runButton(company, request, 'Run', false)} <span class="quiet">nothing is written yet</span>`
      : html`<a class="button" href="${at(company, 'trial-balance')}">Trial balance</a> <a class="button" href="${at(company, 'checks')}">Prove the books</a>`
  }</p><p class="problem" role="alert" hidden></p></section>
<div class="columns">
${result.preview.length === 0 ? '' : html`<section class="panel"><h2>First documents, as they post</h2>${previewPart(result, locale)}</section>`}
<section class="panel"><h2>${request.dryRun ? 'Would need a decision' : 'Needs a decision'}</h2>${
    exceptions.rows.length === 0
      ? html`<p class="quiet">Nothing does.</p>`
      : html`<table class="figures"><tbody>${exceptions.rows.map(
          (row) => html`<tr><td>${row.message}</td><td class="number">${figure(row.amount, locale)}</td></tr>`,
        )}</tbody></table>${request.dryRun ? '' : html`<p><a href="${at(company, 'exceptions')}">To the exceptions</a></p>`}`
  }</section>
</div>`
}

const previewPart = ({ preview }: ImportResult, locale: string): Html =>
  html`<table class="figures"><tbody>${preview.map(
    (
      entry,
    ) => html`<tr class="total"><td colspan="2">${entry.document} · ${day(entry.date, locale)} · ${words(entry.rule)}</td></tr>
${entry.lines.map(
  (line) =>
    html`<tr><td><span class="code">${line.account}</span> ${line.name}</td><td class="number">${figure(line.amount, locale)}</td></tr>`,
)}`,
  )}</tbody></table>`
