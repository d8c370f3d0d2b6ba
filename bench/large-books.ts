import type { Figure } from './support/figure.ts'

const none: Omit<Figure, 'name'> = {
  always: false,
  effort: { named: { pairs: 5, sideMs: 10_000 }, together: { pairs: 3, sideMs: 3_000 } },
  measure: async () => [],
}
export const largePosting: Figure = { name: 'large-posting', ...none }
export const largeReports: Figure = { name: 'large-reports', ...none }
