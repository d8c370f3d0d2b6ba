import { inCompany, readCompany, requireCompany } from '../kernel/database.ts'
import { sendsMail } from '../kernel/mail-settings.ts'
import { type PermissionSet, permissionSets } from '../kernel/permissions.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  changeMembers,
  endMembers,
  invite,
  listInvitations,
  listMembers,
  type Member,
  withdrawInvitation,
} from '../modules/identity/index.ts'
import { writeInvitation } from '../modules/inbox/index.ts'
import { type Command, UsageError } from './command.ts'
import { siteOrigin } from './site-origin.ts'
import { table } from './table.ts'
import { exactly, needed, neededCompany, oneOf, readWords } from './words.ts'

const companyAndJson = { company: { type: 'string' }, json: { type: 'boolean' } } as const
const setNames = Object.keys(permissionSets) as PermissionSet[]
const setIn = (value: string | undefined): PermissionSet =>
  oneOf(needed(value, 'as what: --as accountant').replaceAll('-', '_'), setNames, '--as')

const memberTable = (members: readonly Member[]): string =>
  table(
    ['id', 'name', 'e-mail', 'as', 'second factor', 'since'],
    members.map((m) => [String(m.userId), m.name, m.email, m.permissionSet, m.secondFactor ? 'on' : '', m.since]),
  )

export const peopleList: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listMembers)
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('Nobody yet; `countinghouse people invite` invites somebody.')
    else await terminal.write(memberTable(rows))
    return 0
  }
}

export const peopleInvite: Command = (words) => {
  const { values, positionals } = readWords(words, { ...companyAndJson, as: { type: 'string' } })
  const [email] = exactly(positionals, ['the e-mail address of the person']) as [string]
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new UsageError(`An e-mail address is such as ann@example.com, not '${email}'.`)
  const permissionSet = setIn(values.as)
  const company = neededCompany(values.company)
  const originOf = siteOrigin()
  const mailed = sendsMail(process.env)
  return async ({ database, terminal }) => {
    const origin = await originOf(database)
    const made = await inCompany(database, await requireCompany(database, company), async (tx) => {
      const { invitation, token } = await invite(tx, { email, permissionSet })
      const link = `${origin}/join#${token}`
      if (mailed) await writeInvitation(tx, { ...invitation, link })
      return { ...invitation, link, mailed }
    })
    if (values.json) await terminal.json(made)
    else await terminal.line(made.link)
    if (mailed) terminal.note(`A letter with this link is on its way to ${made.email}.`)
    return 0
  }
}

export const peopleInvitations: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  exactly(positionals, [])
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    const rows = await readCompany(database, await requireCompany(database, company), listInvitations)
    if (values.json) await terminal.json({ rows })
    else if (rows.length === 0) await terminal.line('Nobody was invited.')
    else
      await terminal.write(
        table(
          ['id', 'e-mail', 'as', 'state', 'invited by', 'until'],
          rows.map((i) => [String(i.id), i.email, i.permissionSet, i.state, i.invitedBy, i.expiresAt]),
        ),
      )
    return 0
  }
}

export const peopleWithdraw: Command = (words) => {
  const { values, positionals } = readWords(words, companyAndJson)
  const [id] = exactly(positionals, ['the number of the invitation']) as [string]
  if (!/^[1-9][0-9]{0,17}$/.test(id)) throw new UsageError(`An invitation has a number, not '${id}'.`)
  const company = neededCompany(values.company)
  return async ({ database, terminal }) => {
    await inCompany(database, await requireCompany(database, company), (tx) => withdrawInvitation(tx, BigInt(id)))
    if (values.json) await terminal.json({ withdrawn: id })
    else await terminal.line(`Invitation ${id} is withdrawn.`)
    return 0
  }
}

/** Changes the membership of the person of an address, and shows the members as they are then. */
const changing =
  (change: (tx: Parameters<typeof listMembers>[0], userId: number, as: string | undefined) => Promise<void>): Command =>
  (words) => {
    const { values, positionals } = readWords(words, { ...companyAndJson, as: { type: 'string' } })
    const [email] = exactly(positionals, ['the e-mail address of the person']) as [string]
    const company = neededCompany(values.company)
    return async ({ database, terminal }) => {
      const rows = await inCompany(database, await requireCompany(database, company), async (tx) => {
        const member = (await listMembers(tx)).find((one) => one.email === email.trim().toLowerCase())
        if (member === undefined) throw new Refusal('member_unknown', { email })
        await change(tx, member.userId, values.as)
        return await listMembers(tx)
      })
      if (values.json) await terminal.json({ rows })
      else await terminal.write(memberTable(rows))
      return 0
    }
  }

export const peopleSet: Command = (words) => {
  const { values } = readWords(words, { ...companyAndJson, as: { type: 'string' } })
  const permissionSet = setIn(values.as)
  return changing((tx, userId) => changeMembers(tx, [{ userId, permissionSet }]))(words)
}

export const peopleEnd: Command = changing((tx, userId) => endMembers(tx, [userId]))
