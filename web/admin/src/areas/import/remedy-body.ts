import type { Remedy } from '../../../../../clients/typescript/src/api.ts'

/** What a person has said so far, by the names of the inputs. */
export type Said = Readonly<Record<string, string | boolean>>

type Place = Record<string, unknown>

const partAt = (body: unknown, name: string): unknown =>
  name.split('.').reduce((place, part) => (place as Place | undefined)?.[part], body)

/** What stands in the body of a remedy already, where it asks. */
export function startOf({ call, inputs }: Remedy): Said {
  const given = inputs.map(({ name, kind, required }) => {
    const value = required && kind === 'choice' ? undefined : partAt(call?.body, name)
    return [name, kind === 'flag' ? value === true : typeof value === 'string' ? value : ''] as const
  })
  return Object.fromEntries(given)
}

/** The body of a remedy with what was said in it, each at its dotted place. What was left empty is left out. */
export function bodyWith(body: object, said: Said): unknown {
  const whole = structuredClone(body) as Place
  for (const [name, value] of Object.entries(said)) {
    if (value === '') continue
    const path = name.split('.')
    const last = path.pop() as string
    let place = whole
    for (const part of path) {
      place[part] ??= {}
      place = place[part] as Place
    }
    place[last] = value
  }
  return whole
}
