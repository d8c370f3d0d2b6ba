import i18next from 'i18next'

/** The texts that people see. English is whole; another language is a second catalogue beside each first one. */
const language = i18next.createInstance()
void language.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
})

type Catalogue = Readonly<Record<string, string>>
type Plural = 'one' | 'other'
type KeyOf<Key> = Key extends `${infer Stem}_${Plural}` ? Stem : Key
type TextsOf<Given extends Catalogue, Key> = Given[Extract<keyof Given, Key | `${Key & string}_${Plural}`>]
type Names<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never
type Values<Given extends Catalogue, Key> =
  | Names<TextsOf<Given, Key>>
  | (`${Key & string}_other` extends keyof Given ? 'count' : never)

/** Says a text of one catalogue by its key; what stands in double braces in it must be given. */
export type Say<Given extends Catalogue> = <Key extends KeyOf<keyof Given>>(
  key: Key,
  ...values: [Values<Given, Key>] extends [never] ? [] : [Record<Values<Given, Key>, string | number>]
) => string

/**
 * The texts of one area, by keys: `const t = defineTexts('documents', { title: 'Documents', found_one: '{{count}} document',
 * found_other: '{{count}} documents' })`, then `t('title')`, `t('found', { count: 3 })`. Keys and values are checked by the compiler.
 */
export function defineTexts<const Given extends Catalogue>(area: string, catalogue: Given): Say<Given> {
  language.addResourceBundle('en', area, catalogue, false, true)
  return (key, ...values) => language.t(`${area}:${String(key)}`, values[0] as Record<string, string>)
}
