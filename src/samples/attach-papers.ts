import type { Tx } from '../kernel/database.ts'
import { formatMinor } from '../kernel/money.ts'
import { attach } from '../modules/attachments/index.ts'
import { suppliers } from './people.ts'
import type { PlannedBill } from './plan-bills.ts'

/** Puts the papers of the latest bills beside them. */
export async function attachPapers(tx: Tx, bills: readonly PlannedBill[]): Promise<void> {
  for (const bill of bills.slice(-2)) {
    const { reference, number, on, dueOn, netMinor, description, supplier } = bill
    const text = [
      suppliers[supplier].name,
      `Bill ${number} of ${on}, due ${dueOn}`,
      '',
      `${description}: ${formatMinor(netMinor, 'GBP')} GBP before VAT`,
      '',
      'This paper belongs to a sample company. Nobody has to pay it.',
      '',
    ].join('\n')
    await attach(tx, {
      subject: 'journal',
      of: reference,
      name: `${number}.txt`,
      mediaType: 'text/plain',
      content: Buffer.from(text),
    })
  }
}
