/**
 * Where the rows behind a figure are read: a report by its name, or a list of the API by its address within the company, with the parameters
 * that give just these rows. Whoever shows the figure makes a link of it.
 */
export type Source = Readonly<{ parameters: Readonly<Record<string, string>> }> &
  (Readonly<{ report: string }> | Readonly<{ list: string }>)

type Given = Readonly<Record<string, string | null | undefined>>

const set = (parameters: Given): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  )

export const reportSource = (report: string, parameters: Given): Source => ({ report, parameters: set(parameters) })
export const listSource = (list: string, parameters: Given): Source => ({ list, parameters: set(parameters) })

/** More accounts than this are no longer named one by one: whoever wants their lines asks for fewer. */
export const mostAccounts = 300

/** The lines of accounts, by their codes; undefined where there is none, or too many. */
export function linesSource(accounts: readonly string[], parameters: Given): Source | undefined {
  if (accounts.length === 0 || accounts.length > mostAccounts) return undefined
  return reportSource('lines', { account: accounts.join(','), ...parameters })
}
