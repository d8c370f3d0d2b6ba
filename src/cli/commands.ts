import type { BareCommand, Command } from './command.ts'

type Entry = { usage: string } & ({ load: () => Promise<Command> } | { loadBare: () => Promise<BareCommand> })

/** Every command by its words. A command's own module is loaded when it is called, so that none waits for the others. */
export const commands: Readonly<Record<string, Entry>> = {
  'company create': {
    usage:
      'NAME --country GB [--currency GBP] [--chart uk] [--time-zone Europe/London] [--fiscal-year-start 4] [--json]',
    load: async () => (await import('./company-create.ts')).companyCreate,
  },
  'company sample': {
    usage: '[NAME] [--until 2026-03-31] [--seed TEXT] [--json]',
    load: async () => (await import('./company-sample.ts')).companySample,
  },
  'company list': { usage: '[--json]', load: async () => (await import('./company-list.ts')).companyList },
  'company change': {
    usage: '--company ID [--name TEXT] [--time-zone Europe/London] [--fiscal-year-start 4] [--json]',
    load: async () => (await import('./company-change.ts')).companyChange,
  },
  'company identity': {
    usage:
      '--company ID [--on 2011-01-31] | [--legal-name TEXT] [--trading-name TEXT] [--registration-number TEXT] [--registration-scheme NNNN] [--identifier TEXT] [--identifier-scheme NNNN] [--electronic-address TEXT] [--electronic-address-scheme CODE] [--legal-information TEXT] [--contact TEXT] [--phone TEXT] [--email TEXT] [--website TEXT] [--address registered|trading|returns] [--line1 TEXT] [--line2 TEXT] [--line3 TEXT] [--city TEXT] [--region TEXT] [--postcode TEXT] [--country GB] [--from 2011-01-01|beginning] [--json]',
    load: async () => (await import('./company-identity.ts')).companyIdentity,
  },
  'tax-number list': {
    usage: '--company ID [--json]',
    load: async () => (await import('./tax-number.ts')).taxNumberList,
  },
  'tax-number set': {
    usage:
      'COUNTRY KIND NUMBER --from 2011-01-01 --company ID [--until 2011-12-31] [--authority TEXT] [--not-on-documents] [--json]',
    load: async () => (await import('./tax-number.ts')).taxNumberSet,
  },
  'tax-number end': {
    usage: 'COUNTRY KIND NUMBER --on 2011-12-31 --company ID [--json]',
    load: async () => (await import('./tax-number.ts')).taxNumberEnd,
  },
  'tax-number withdraw': {
    usage: 'COUNTRY KIND NUMBER --company ID [--json]',
    load: async () => (await import('./tax-number.ts')).taxNumberWithdraw,
  },
  'account list': { usage: '--company ID [--json]', load: async () => (await import('./account.ts')).accountList },
  'account add': {
    usage: 'CODE NAME --class expense --company ID [--role ROLE] [--group GROUP] [--json]',
    load: async () => (await import('./account.ts')).accountAdd,
  },
  'account rename': {
    usage: 'CODE NAME --company ID [--json]',
    load: async () => (await import('./account.ts')).accountRename,
  },
  'account end': {
    usage: 'CODE --on 2011-01-31 --company ID [--json]',
    load: async () => (await import('./account.ts')).accountEnd,
  },
  'account group': {
    usage: 'CODE GROUP --company ID [--json]',
    load: async () => (await import('./account.ts')).accountGroup,
  },
  'account cash-flow': {
    usage: 'CODE (cash|operating|investing|financing|default) --company ID [--json]',
    load: async () => (await import('./account.ts')).accountCashFlow,
  },
  'account merge': {
    usage: 'CODE… --into CODE --reason TEXT --company ID [--end] [--json]',
    load: async () => (await import('./structure.ts')).accountMerge,
  },
  'structure list': {
    usage: '--company ID [--json]',
    load: async () => (await import('./structure.ts')).structureList,
  },
  'structure set': {
    usage: 'STRUCTURE OLDCODE --account CODE --company ID [--name TEXT] [--json]',
    load: async () => (await import('./structure.ts')).structureSet,
  },
  'structure balance': {
    usage: 'STRUCTURE|before:ID --company ID [--as-of D] [--json]',
    load: async () => (await import('./structure.ts')).structureBalanceCommand,
  },
  'bank-account list': {
    usage: '--company ID [--json]',
    load: async () => (await import('./bank-account.ts')).bankAccountList,
  },
  'bank-account set': {
    usage:
      'NAME --holder TEXT --currency GBP --company ID [--iban TEXT] [--bic TEXT] [--sort-code NN-NN-NN] [--routing-number N] [--account-number N] [--bank TEXT] [--json]',
    load: async () => (await import('./bank-account.ts')).bankAccountSet,
  },
  'bank-account end': {
    usage: 'NAME --company ID [--json]',
    load: async () => (await import('./bank-account.ts')).bankAccountEnd,
  },
  'mapping list': {
    usage: '--company ID [--role ROLE] [--json]',
    load: async () => (await import('./mapping.ts')).mappingList,
  },
  'mapping add': {
    usage:
      'ROLE (--account CODE | --end) --company ID [--item CODE] [--item-group CODE] [--tax-code CODE] [--channel CODE] [--payment-method NAME] [--document-kind KIND] [--from 2011-01-01] [--reason TEXT] [--json]',
    load: async () => (await import('./mapping.ts')).mappingAdd,
  },
  'mapping preview': {
    usage:
      '[ROLE [--account CODE | --end]] --company ID [--item CODE] [--item-group CODE] [--tax-code CODE] [--channel CODE] [--payment-method NAME] [--document-kind KIND] [--from 2011-01-01] [--json]',
    load: async () => (await import('./mapping-change.ts')).mappingPreview,
  },
  'mapping apply': {
    usage:
      '[ROLE [--account CODE | --end]] --company ID --reason TEXT [--item CODE] [--item-group CODE] [--tax-code CODE] [--channel CODE] [--payment-method NAME] [--document-kind KIND] [--from 2011-01-01] [--json]',
    load: async () => (await import('./mapping-change.ts')).mappingApply,
  },
  'posting-day list': {
    usage: '--company ID [--json]',
    load: async () => (await import('./posting-day.ts')).postingDayList,
  },
  'posting-day set': {
    usage:
      'SOURCE document|payment|shipment|payout --company ID [--channel CODE] [--from 2011-01-01] [--reason TEXT] [--json]',
    load: async () => (await import('./posting-day.ts')).postingDaySet,
  },
  'period close': {
    usage: '2011-01 --company ID [--reason TEXT] [--json]',
    load: async () => (await import('./period.ts')).periodClose,
  },
  'period reopen': {
    usage: '2011-01 --company ID --reason TEXT [--json]',
    load: async () => (await import('./period.ts')).periodReopen,
  },
  revalue: {
    usage: '2011-01 --company ID [--json]',
    load: async () => (await import('./revalue.ts')).revalueCommand,
  },
  'rates import': { usage: 'FILE… [--dry-run] [--json]', load: async () => (await import('./rates.ts')).ratesImport },
  'rates add': {
    usage: 'EUR 2011-01-05 (0.8500 | --end) --company ID [--source manual|company] [--reason TEXT] [--json]',
    load: async () => (await import('./rates.ts')).ratesAdd,
  },
  'rates list': {
    usage: '--company ID [--currency EUR] [--from D] [--to D] [--limit N] [--json]',
    load: async () => (await import('./rates.ts')).ratesList,
  },
  'rates find': {
    usage: 'EUR --on 2011-01-05 --company ID [--json]',
    load: async () => (await import('./rates.ts')).ratesFind,
  },
  'journal templates': {
    usage: '--company ID [--json]',
    load: async () => (await import('./journal.ts')).journalTemplates,
  },
  'journal fill': {
    usage:
      'TEMPLATE --on 2011-01-31 --reference REFERENCE --company ID [--set NAME=VALUE]… [--description TEXT] [--document NUMBER] [--reason TEXT] [--reverse next-day|next-period] [--draft] [--json]',
    load: async () => (await import('./journal.ts')).journalFill,
  },
  'journal list': {
    usage: '--company ID [--state draft|posted|discarded] [--json]',
    load: async () => (await import('./journal.ts')).journalList,
  },
  'journal post': {
    usage: 'REFERENCE… --company ID [--json]',
    load: async () => (await import('./journal.ts')).journalPost,
  },
  'journal discard': {
    usage: 'REFERENCE… --company ID [--json]',
    load: async () => (await import('./journal.ts')).journalDiscard,
  },
  'journal reverse': {
    usage: 'REFERENCE --company ID [--on 2011-02-01] [--json]',
    load: async () => (await import('./journal.ts')).journalReverse,
  },
  'journal attach': {
    usage: 'REFERENCE FILE --company ID [--json]',
    load: async () => (await import('./journal.ts')).journalAttach,
  },
  'recurring list': {
    usage: '--company ID [--json]',
    load: async () => (await import('./recurring.ts')).recurringList,
  },
  'recurring start': {
    usage:
      'NAME TEMPLATE --from 2011-01-01 --company ID [--every month|quarter|year] [--day 1…31|last] [--until 2011-12-31] [--set NAME=VALUE]… [--description TEXT] [--reverse next-day|next-period] [--json]',
    load: async () => (await import('./recurring.ts')).recurringStart,
  },
  'recurring pause': {
    usage: 'NAME --company ID [--on 2011-03-01] [--json]',
    load: async () => (await import('./recurring.ts')).recurringPause,
  },
  'recurring resume': {
    usage: 'NAME --company ID [--on 2011-03-01] [--json]',
    load: async () => (await import('./recurring.ts')).recurringResume,
  },
  'recurring end': {
    usage: 'NAME --company ID [--on 2011-03-01] [--json]',
    load: async () => (await import('./recurring.ts')).recurringEnd,
  },
  'recurring upcoming': {
    usage: '--until 2011-12-31 --company ID [--json]',
    load: async () => (await import('./recurring.ts')).recurringUpcoming,
  },
  'recurring days': {
    usage: '[NAME] --company ID [--json]',
    load: async () => (await import('./recurring.ts')).recurringDays,
  },
  'recurring retry': {
    usage: 'NAME 2011-01-31 --company ID [--on 2011-02-01] [--json]',
    load: async () => (await import('./recurring.ts')).recurringRetry,
  },
  import: {
    usage: 'FORMAT FILE… --company ID [--dry-run] [--json]',
    load: async () => (await import('./import.ts')).importCommand,
  },
  report: {
    usage:
      'NAME --company ID [--as-of D | --from D --to D] [--by DIM] [--compare P] [--account CODE] [--party NUMBER] [--items] [--budget CODE] [--channel CODE] [--currency EUR] [--method indirect|direct] [--after CURSOR] [--limit N] [--format table|json|csv|xlsx|pdf] [--out FILE]',
    load: async () => (await import('./report.ts')).report,
  },
  'report month-end-pack': {
    usage: '--company ID --period 2011-08 --out FOLDER|FILE.zip',
    load: async () => (await import('./month-end-pack.ts')).monthEndPackCommand,
  },
  'budget list': { usage: '--company ID [--json]', load: async () => (await import('./budget.ts')).budgetList },
  'budget import': {
    usage: 'BUDGET FILE --company ID [--name NAME] [--json]',
    load: async () => (await import('./budget.ts')).budgetImport,
  },
  'budget set': {
    usage: 'BUDGET ACCOUNT 2011-01 AMOUNT --company ID [--channel CODE] [--json]',
    load: async () => (await import('./budget.ts')).budgetSet,
  },
  check: { usage: '--company ID [--json]', load: async () => (await import('./check.ts')).check },
  'export journal': {
    usage: '--company ID --format hledger|beancount|csv',
    load: async () => (await import('./export-journal.ts')).exportJournalCommand,
  },
  exceptions: {
    usage: '--company ID [--state STATE] [--kind KIND] [--owner NAME] [--json]',
    load: async () => (await import('./exceptions.ts')).exceptions,
  },
  'exceptions show': {
    usage: 'ID --company ID [--json]',
    load: async () => (await import('./exceptions.ts')).exceptionsShow,
  },
  'exceptions assign': {
    usage: 'ID… --to NAME --company ID [--email ADDRESS] [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsAssign,
  },
  'exceptions start': {
    usage: 'ID… --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsStart,
  },
  'exceptions due': {
    usage: 'ID… --on 2026-11-30 --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsDue,
  },
  'exceptions note': {
    usage: 'ID… --text TEXT --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsNote,
  },
  'exceptions resolve': {
    usage:
      'ID… (--reason TEXT | --as item|charge [--role ROLE] [--untaxed] | --country FR | --tax-code CODE | --accept-up-to 1.00) --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsResolve,
  },
  'exceptions dismiss': {
    usage: 'ID… --reason TEXT --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsDismiss,
  },
  'exceptions reopen': {
    usage: 'ID… --reason TEXT --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsReopen,
  },
  'exceptions rerun': {
    usage: '(ID… | --kind KIND) --company ID [--json]',
    load: async () => (await import('./exceptions-change.ts')).exceptionsRerun,
  },
  'exceptions duties': {
    usage: '--company ID [--json]',
    load: async () => (await import('./exceptions-duties.ts')).exceptionsDuties,
  },
  'exceptions duty': {
    usage: 'DATA --to NAME --company ID [--email ADDRESS] [--days N] [--then DAYS:NAME[:ADDRESS]…] [--json]',
    load: async () => (await import('./exceptions-duties.ts')).exceptionsDuty,
  },
  'exceptions digest': {
    usage: '[HOUR] --company ID [--json]',
    load: async () => (await import('./exceptions-duties.ts')).exceptionsDigest,
  },
  story: { usage: 'FILE… [--keep]', load: async () => (await import('./story.ts')).story },
  backup: { usage: 'FILE [--company ID] [--json]', load: async () => (await import('./backup.ts')).backup },
  restore: {
    usage: 'FILE [--as NAME] [--company ID] [--json]',
    loadBare: async () => (await import('./restore.ts')).restore,
  },
  'user list': { usage: '[--json]', load: async () => (await import('./user.ts')).userList },
  'user owner': { usage: '[--json]', load: async () => (await import('./user.ts')).userOwner },
  'user reset': {
    usage: 'EMAIL [--second-factor] [--json]',
    load: async () => (await import('./user.ts')).userReset,
  },
  'approval list': {
    usage: '--company ID [--state pending|approved|declined] [--json]',
    load: async () => (await import('./approval.ts')).approvalList,
  },
  'approval show': {
    usage: 'NUMBER --company ID [--json]',
    load: async () => (await import('./approval-show.ts')).approvalShow,
  },
  'approval approve': {
    usage: 'NUMBER --company ID [--reason TEXT] [--json]',
    load: async () => (await import('./approval.ts')).approvalApprove,
  },
  'approval decline': {
    usage: 'NUMBER --company ID --reason TEXT [--json]',
    load: async () => (await import('./approval.ts')).approvalDecline,
  },
  'approval rules': {
    usage: '--company ID [--json]',
    load: async () => (await import('./approval.ts')).approvalRulesCommand,
  },
  'approval rule': {
    usage:
      'journal|period-reopening|year-closing|bank-details (--above 10000.00 | --always | --off) --company ID [--json]',
    load: async () => (await import('./approval.ts')).approvalRule,
  },
  'people list': { usage: '--company ID [--json]', load: async () => (await import('./people.ts')).peopleList },
  'people invite': {
    usage: 'EMAIL --as SET --company ID [--json]',
    load: async () => (await import('./people.ts')).peopleInvite,
  },
  'people invitations': {
    usage: '--company ID [--json]',
    load: async () => (await import('./people.ts')).peopleInvitations,
  },
  'people withdraw': {
    usage: 'NUMBER --company ID [--json]',
    load: async () => (await import('./people.ts')).peopleWithdraw,
  },
  'people set': {
    usage: 'EMAIL --as SET --company ID [--json]',
    load: async () => (await import('./people.ts')).peopleSet,
  },
  'people end': { usage: 'EMAIL --company ID [--json]', load: async () => (await import('./people.ts')).peopleEnd },
  audit: {
    usage:
      '(--company ID [--area company|people] | --installation) [--table NAME] [--actor user:7] [--after ID] [--limit N] [--json]',
    load: async () => (await import('./audit.ts')).audit,
  },
  seal: { usage: '--company ID [--json]', load: async () => (await import('./seal.ts')).seal },
}

/** The command that the words begin with, and the words after its name. */
export function findCommand(words: readonly string[]): (Entry & { name: string; rest: string[] }) | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (entry !== undefined) return { ...entry, name, rest: words.slice(length) }
  }
  return undefined
}

/** What to say where no command was meant: those that begin with the same word, or all of them. */
export function usageOf(firstWord: string | undefined): string {
  const lines = Object.entries({ ...commands, serve: { usage: '[--port 8080]' } }).map(
    ([name, { usage }]) => `countinghouse ${name} ${usage}`,
  )
  const alike = lines.filter((line) => line.split(' ')[1] === firstWord)
  return (alike.length > 0 ? alike : lines).join('\n')
}

/** The command whose name takes the fewest changes of letters to get to from the words. */
export function nearestCommand(words: readonly string[]): string {
  const names = [...Object.keys(commands), 'serve']
  const distances = names.map((name) => ({
    name,
    distance: Math.min(changes(words[0] ?? '', name), changes(words.slice(0, 2).join(' '), name)),
  }))
  return distances.reduce((best, one) => (one.distance < best.distance ? one : best)).name
}

/** Levenshtein's distance. */
function changes(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let place = 1; place <= to.length; place += 1) {
      const same = letter === to[place - 1] ? 0 : 1
      next.push(Math.min((row[place] ?? 0) + 1, (next[place - 1] ?? 0) + 1, (row[place - 1] ?? 0) + same))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
