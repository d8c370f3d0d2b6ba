import { expect } from 'vitest'

/** The answer to what must succeed. */
export async function must(response: Promise<Response>): Promise<Response> {
  const answer = await response
  expect(answer.status, await answer.clone().text()).toBeLessThan(300)
  return answer
}

/** Only who looks at the code of a refusal knows who came late. */
export type Outcome = { status: number; code: string }

export async function outcomesOf(asked: Promise<Response>[]): Promise<Outcome[]> {
  return await Promise.all(
    asked.map(async (response) => {
      const answer = await response
      const text = await answer.text()
      expect(answer.status, text).toBeLessThan(500)
      return { status: answer.status, code: answer.status < 400 ? '' : (JSON.parse(text) as { code: string }).code }
    }),
  )
}

export const many = (times: number, act: (n: number) => Promise<Response>): Promise<Response>[] =>
  Array.from({ length: times }, (_, n) => act(n))

export const done = (outcomes: readonly Outcome[]): number => outcomes.filter(({ status }) => status < 300).length
export const codes = (outcomes: readonly Outcome[]): string[] =>
  [...new Set(outcomes.map(({ code }) => code))].filter((code) => code !== '').sort()
