// Every browser also names those that it is like, so the order matters.
const browsers = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'] as const
const fullNames: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' }
const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'] as const
const MOST_LETTERS = 40

/** 'Firefox on Linux', as far as what a browser says of itself tells; else the first words of that. */
export function browserName(userAgent: string): string {
  const browser = browsers.find((name) => userAgent.includes(`${name}/`))
  if (browser === undefined) return userAgent.slice(0, MOST_LETTERS)
  const system = systems.find((name) => userAgent.includes(name))
  return `${fullNames[browser] ?? browser}${system === undefined ? '' : ` on ${system.replace('Mac OS X', 'macOS')}`}`
}
