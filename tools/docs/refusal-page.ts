import { problemCatalogue } from '../../src/http/problem.ts'
import { refusals } from '../../src/kernel/refusal.ts'

const row = ({ code, status, title, remedy }: ReturnType<typeof problemCatalogue>[number]): string =>
  `| \`${code}\` | ${status} | ${title} | ${remedy} |`

const head = ['| code | HTTP status | means | what to do |', '|---|---|---|---|']

/** The page docs/refusals.md: every code that a refusal or a problem can carry, in order of its name. */
export function refusalPage(): string {
  const known = problemCatalogue()
  const ofBusiness = known.filter(({ code }) => Object.hasOwn(refusals, code))
  const ofRequest = known.filter(({ code }) => !Object.hasOwn(refusals, code))
  const lines = [
    '# Refusals',
    '',
    'What the product declines, and why. Nothing is stored when it does. The codes stay; the words may improve. This page is written from the',
    'catalogue in [src/kernel/refusal.ts](../src/kernel/refusal.ts) by `npm run refusals`, and a test compares both.',
    '',
    'The command line writes `CODE: what was wrong. What to do.` as the last line on standard error and ends with 2. The API answers with',
    'problem details (RFC 9457) and the status below. A story names the code: `refuse … because CODE`.',
    '',
    ...head,
    ...ofBusiness.map(row),
    '',
    '## Requests',
    '',
    'Only the server knows these: the request itself was wrong, whatever it asked.',
    '',
    ...head,
    ...ofRequest.map(row),
    '',
    'Two answers are no refusals: `database_unreachable` (503), and `unexpected` (500), whose `instance` names the line in the log of the server.',
    '',
  ]
  return lines.join('\n')
}
