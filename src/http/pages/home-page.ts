import { html } from 'hono/html'
import { countries } from '../../kernel/countries.ts'
import { currencies } from '../../kernel/currencies.ts'
import type { CompanyFacts } from '../../ledger/accounts.ts'
import type { ImportRequest } from '../../modules/intake/index.ts'
import type { TrialBalance } from '../../reports/trial-balance.ts'
import { requestList } from './import-pages.ts'
import { at, day, type Frame, type Html, page } from './page.ts'
import { trialBalancePart } from './report-pages.ts'

/** The companies, and how to add one; with none yet, only how to begin. */
export function homePage(frame: Frame, books: Html | ''): Html {
  const { companies } = frame
  const content = html`
<div class="head"><h1>Companies</h1></div>
${
  companies.length === 0
    ? html`<p class="empty">${
        frame.mayCreate
          ? "There are no books yet. Create a company: it starts with its country's chart of accounts, tax codes and mapping. Then import its sales."
          : 'You are in no company. Ask an owner of one to invite you.'
      }</p>`
    : html`<table class="rows"><thead><tr><th>Company</th><th>Country</th><th>Currency</th><th class="wide">Chart</th><th></th></tr></thead><tbody>
${companies.map(
  (company) => html`<tr><td><a href="/companies/${company.id}">${company.name}</a></td><td>${company.country}</td>
<td>${company.baseCurrency}</td><td class="wide">${company.chart}</td><td class="actions"><a href="${at(company, 'imports')}">Import</a></td></tr>`,
)}</tbody></table>`
}
${frame.mayCreate ? html`<details class="panel"${companies.length === 0 ? html` open` : ''}><summary>Create a company</summary>${creationForm()}</details>` : ''}
${books}`
  return page(frame, { title: 'Companies', area: 'companies', content })
}

/** The chosen company at a glance, as far as the reader may see it: its trial balance today, and its latest imports. */
export const overview = (
  frame: Frame,
  company: CompanyFacts,
  { balance, imports }: { balance: TrialBalance | undefined; imports: readonly ImportRequest[] },
): Html => html`<div class="head"><h1>${company.name}</h1>${
  balance === undefined
    ? html`</div>`
    : html`<span class="quiet">trial balance, ${day(balance.asOf, frame.locale)}</span></div>
${trialBalancePart(company, balance, frame.locale)}`
}
${imports.length === 0 ? '' : requestList(frame, company, imports)}`

const creationForm = (): Html => html`<form id="create-company" class="fields">
<label>Name <input name="name" required maxlength="200" autocomplete="organization"></label>
<label>Country <select name="country">${Object.entries(countries).map(
  ([code, name]) => html`<option value="${code}"${code === 'GB' ? html` selected` : ''}>${name}</option>`,
)}</select></label>
<label>Currency <select name="currency">${Object.entries(currencies).map(
  ([code, { name }]) => html`<option value="${code}"${code === 'GBP' ? html` selected` : ''}>${code} ${name}</option>`,
)}</select></label>
<button class="primary">Create</button>
<p class="problem" role="alert" hidden></p>
</form>`
