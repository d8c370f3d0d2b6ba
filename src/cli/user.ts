import { listUsers, newOwnerLink, newResetLink, removeSecondFactor } from '../modules/identity/index.ts'
import type { Command } from './command.ts'
import { siteOrigin } from './site-origin.ts'
import { table } from './table.ts'
import { exactly, readWords } from './words.ts'

export const userList: Command = (words) => {
  const { values, positionals } = readWords(words, { json: { type: 'boolean' } })
  exactly(positionals, [])
  return async ({ database, terminal }) => {
    const rows = await listUsers(database)
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0)
      await terminal.line('Nobody yet; `countinghouse user owner` makes the link for the first.')
    else
      await terminal.write(
        table(
          ['id', 'name', 'e-mail', 'owner', 'second factor', 'since'],
          rows.map((user) => [
            String(user.id),
            user.name,
            user.email,
            user.installationOwner ? 'yes' : '',
            user.secondFactor ? 'on' : '',
            user.since,
          ]),
        ),
      )
    return 0
  }
}

export const userOwner: Command = (words) => {
  const { values, positionals } = readWords(words, { json: { type: 'boolean' } })
  exactly(positionals, [])
  const originOf = siteOrigin()
  return async ({ database, terminal }) => {
    const token = await newOwnerLink(database)
    if (token === undefined) {
      terminal.note(
        'The installation has an owner already; `countinghouse user reset EMAIL` makes a link for a new password.',
      )
      return 1
    }
    const link = `${await originOf(database)}/setup#${token}`
    if (values.json) await terminal.json({ link })
    else await terminal.line(link)
    return 0
  }
}

export const userReset: Command = (words) => {
  const { values, positionals } = readWords(words, {
    'second-factor': { type: 'boolean' },
    json: { type: 'boolean' },
  })
  const [email] = exactly(positionals, ['the e-mail address of the person']) as [string]
  const originOf = siteOrigin()
  return async ({ database, terminal }) => {
    if (values['second-factor']) await removeSecondFactor(database, email)
    const token = await newResetLink(database, email)
    const link = `${await originOf(database)}/reset#${token}`
    if (values.json) await terminal.json({ link })
    else await terminal.line(link)
    return 0
  }
}
