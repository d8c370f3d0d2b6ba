import type { AccountingDate } from '../kernel/accounting-date.ts'
import { multiplyMinor } from '../kernel/decimal.ts'
import { addAccounts, listAccounts } from '../ledger/accounts.ts'
import { listExceptions, placeUnknownCodes, raiseExceptions } from '../modules/inbox/index.ts'
import { addMappingRulesByCode, applyMappingChange } from '../modules/journal/index.ts'
import { rateOn, type TaxCode } from '../modules/tax/index.ts'
import type { StoryBooks } from './books.ts'
import { importDocument, performSuspense, type SuspenseVerb, source } from './perform-suspense.ts'
import type { Verb } from './story.ts'

type MappingVerb = Extract<Verb, { verb: 'unknown' | 'place' | 'map' | 'apply mapping' | SuspenseVerb['verb'] }>

/** Runs the command of a verb about codes and the mapping. */
export async function performMapping(
  books: StoryBooks,
  fact: MappingVerb,
  date: AccountingDate,
  reference: string,
): Promise<void> {
  const { tx } = books
  switch (fact.verb) {
    case 'unknown':
      await sellUnknown(books, fact, date, reference)
      return
    case 'place': {
      const exceptions = await listExceptions(tx, { kind: 'unknown_code' })
      const found = exceptions.filter(({ subject }) => subject === fact.code.toUpperCase())
      await placeUnknownCodes(
        tx,
        found.map(({ id }) => ({ id, standsFor: 'charge', role: fact.role })),
      )
      return
    }
    case 'unnamed':
    case 'name':
    case 'differs':
    case 'accept':
      await performSuspense(books, fact, date, reference)
      return
    case 'map': {
      // An account that the chart does not have is opened beside that of the role, of its class.
      const accounts = await listAccounts(tx)
      const played = accounts.find(({ role }) => role === fact.role)
      if (played !== undefined && !accounts.some(({ code }) => code === fact.account))
        await addAccounts(tx, [{ code: fact.account, name: `${played.name} ${fact.account}`, class: played.class }])
      const rule = {
        role: fact.role,
        account: fact.account,
        ...(fact.from === null ? {} : { effectiveFrom: fact.from }),
      }
      await addMappingRulesByCode(tx, [rule], 'story')
      return
    }
    case 'apply mapping':
      await applyMappingChange(tx, { rules: [] }, { reason: 'The story says so', author: 'story' })
  }
}

/** An imported document of one line whose code no rule knows: it is booked in suspense, and somebody is asked. */
async function sellUnknown(
  books: StoryBooks,
  { code, amountMinor, customer }: Extract<MappingVerb, { verb: 'unknown' }>,
  date: AccountingDate,
  number: string,
): Promise<void> {
  const tax = books.taxCodes.get('standard') as TaxCode
  const { currency } = books.header.company
  const taxMinor = multiplyMinor(amountMinor, rateOn(tax, date))
  const taxes = [{ taxCodeId: tax.id, authority: tax.authority, baseMinor: amountMinor, taxMinor }]
  const line = { code, description: code, netMinor: amountMinor, role: 'sales_suspense' as const, taxCodeId: tax.id }
  await importDocument(books, { number, date, customer, lines: [line], taxes })
  const subject = code.toUpperCase()
  const message = `Nobody has said what the code ${subject} stands for: its lines are in suspense`
  await raiseExceptions(books.tx, [{ kind: 'unknown_code', source, subject, message, amountMinor, currency }])
}
