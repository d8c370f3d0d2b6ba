import type { Area } from '../../area.ts'

/** What a figure is made of: every figure of a report leads here. */
export const explain: Area = {
  name: 'explain',
  screens: [
    {
      path: 'lines',
      permission: 'reports.read',
      load: async () => (await import('./lines.tsx')).Lines,
    },
    {
      path: 'ledger/$account',
      permission: 'reports.read',
      load: async () => {
        // It leads to the lines at once.
        void import('./lines.tsx')
        return (await import('./ledger.tsx')).Ledger
      },
    },
  ],
}
