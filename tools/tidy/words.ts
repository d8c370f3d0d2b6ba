import { type Finding, lineFinder, type Rule } from './repository.ts'

/** What a text of ours must not hold, because it is true on one machine only. */
const foreign: readonly [pattern: RegExp, sentence: string][] = [
  [/(?<![\w.$}-])\/(?:work|home|root|Users|mnt)\/[\w.-]+/g, 'a path of one machine'],
  [/\b[A-Za-z]:\\+Users\\+/g, 'a path of one machine'],
  [
    /\b(?:registry|mirror|proxy|artifactory|nexus|npm|pypi)[\w-]*\.[a-z][\w.-]*\.[a-z]{2,}\b/g,
    'the host of a registry',
  ],
  [/^\s*(?:@[\w-]+:)?registry\s*=/gm, 'the address of a registry'],
  [/"resolved":\s*"https?:/g, 'the address of a registry'],
]

/** No machine's path and no registry's host stands anywhere in the repository. */
export const wordRule: Rule = ({ texts }) => {
  const findings: Finding[] = []
  for (const [path, text] of texts) {
    const lineAt = lineFinder(text)
    for (const [pattern, sentence] of foreign) {
      for (const match of text.matchAll(pattern)) {
        findings.push({ path, line: lineAt(match.index), sentence: `${sentence}: ${match[0].trim()}` })
      }
    }
  }
  return findings
}
