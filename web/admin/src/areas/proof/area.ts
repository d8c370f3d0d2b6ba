import type { Area } from '../../area.ts'
import { t } from './texts.ts'

/** Whether the books are proven: what the light in the bar leads to. */
export const proof: Area = {
  name: 'proof',
  screens: [
    {
      path: 'checks',
      permission: 'reports.read',
      name: t('title'),
      load: async () => (await import('./checks-screen.tsx')).ChecksScreen,
    },
  ],
}
