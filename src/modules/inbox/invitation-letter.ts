import type { Tx } from '../../kernel/database.ts'
import { companyFacts } from '../../ledger/accounts.ts'
import { putInOutbox } from './letters.ts'

/** Whom to write to, as what they are invited, and the link that is good once. */
export type InvitationLetter = { email: string; permissionSet: string; link: string }

/** Writes to an invited person. The letter holds no secret but the link, and forgets it once it is sent. */
export async function writeInvitation(tx: Tx, { email, permissionSet, link }: InvitationLetter): Promise<void> {
  const name = (await companyFacts(tx)).name.replace(/\s+/g, ' ')
  const body = [
    `You are invited to the books of ${name}, as ${permissionSet.replaceAll('_', ' ')}.`,
    '',
    'This link accepts the invitation. It is good once, and for seven days:',
    link,
    '',
    'If you did not expect this letter, leave it be: nothing happens without the link.',
    '',
  ].join('\n')
  await putInOutbox(tx, [{ recipient: email, subject: `Invitation to the books of ${name}`, body }], { secret: true })
}
