import { withWrittenDays } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'

/** What a row of a source said, and the fields of it that it named, as people read them. */
export type SourceWords = { text: string; fields: readonly (readonly [name: string, value: string])[] }

const readable = (name: string): string => name.replaceAll(/[_-]+/g, ' ')

const said = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, one]) => `${readable(name)} ${said(one)}`)
        .join(', ')
    : String(value)

/** Reads the words of a row: what follows its first words as JSON is fields with names. */
export function sourceWords(words: string): SourceWords {
  const at = words.indexOf('{')
  const written = (text: string): string => withWrittenDays(text, locale)
  try {
    const fields: unknown = JSON.parse(words.slice(at))
    if (at < 0 || typeof fields !== 'object' || fields === null) return { text: written(words), fields: [] }
    return {
      text: written(words.slice(0, at).replace(/\s*·\s*$/, '')),
      fields: Object.entries(fields).map(([name, value]) => [readable(name), written(said(value))]),
    }
  } catch {
    return { text: written(words), fields: [] }
  }
}
