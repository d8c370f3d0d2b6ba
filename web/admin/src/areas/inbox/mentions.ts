/** Somebody whom the words name: where '@Anna' begins, and who that is. */
export type Mention = { at: number; name: string; userId: number }

/** A note while it is written. */
export type Draft = { text: string; mentions: readonly Mention[] }

export const emptyDraft: Draft = { text: '', mentions: [] }

const lengthOf = ({ name }: Mention): number => name.length + 1

/** The words changed: mentions before the change stay, those after it move along, and one that it touches is no more than words. */
export function edited({ text, mentions }: Draft, next: string): Draft {
  const shorter = Math.min(text.length, next.length)
  let start = 0
  while (start < shorter && text[start] === next[start]) start += 1
  let end = 0
  while (end < shorter - start && text[text.length - 1 - end] === next[next.length - 1 - end]) end += 1
  const from = text.length - end
  return {
    text: next,
    mentions: mentions.flatMap((one) => {
      const behind = one.at + lengthOf(one)
      // Letters right behind a name make it another one.
      if (behind <= start) return behind === start && /^[\p{L}\p{N}]/u.test(next.slice(start)) ? [] : one
      return one.at >= from ? { ...one, at: one.at + next.length - text.length } : []
    }),
  }
}

/** The letters after '@' at which somebody is about to be named, and where they begin; undefined where nobody is. */
export function lettersAt({ text, mentions }: Draft, caret: number): { at: number; letters: string } | undefined {
  const before = text.slice(0, caret)
  const at = before.lastIndexOf('@')
  if (at < 0 || (at > 0 && !/[\s(]/.test(before[at - 1] as string))) return undefined
  const letters = before.slice(at + 1)
  const isTaken = mentions.some((one) => one.at === at && letters.length >= one.name.length)
  return isTaken || /[\n@]/.test(letters) || letters.length > MOST_LETTERS ? undefined : { at, letters }
}

const MOST_LETTERS = 40

/** Puts somebody's name in the place of the letters that were typed, with a space behind it. */
export function named(
  draft: Draft,
  { at, letters }: { at: number; letters: string },
  { userId, name }: { userId: number; name: string },
): Draft {
  const after = draft.text.slice(at + 1 + letters.length)
  const space = /^\s/.test(after) ? '' : ' '
  const next = edited(draft, `${draft.text.slice(0, at)}@${name}${space}${after}`)
  const others = next.mentions.filter((one) => one.at !== at)
  return { text: next.text, mentions: [...others, { at, name, userId }].sort((a, b) => a.at - b.at) }
}

/** What is sent: '@[user:7]' in the place of the name. */
export const sentText = ({ text, mentions }: Draft): string =>
  mentions.reduceRight(
    (sent, one) => `${sent.slice(0, one.at)}@[user:${one.userId}]${sent.slice(one.at + lengthOf(one))}`,
    text,
  )
