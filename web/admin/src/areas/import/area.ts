import { IconFileImport } from '@tabler/icons-react'
import type { Area } from '../../area.ts'
import { names } from './names.ts'

export const imports: Area = {
  name: 'import',
  rail: { label: names.title, icon: IconFileImport, path: 'imports', key: 'm', permission: 'imports.read', order: 80 },
  screens: [
    {
      path: 'imports',
      permission: 'imports.read',
      name: names.title,
      load: async () => (await import('./import-list.tsx')).ImportList,
    },
    {
      path: 'imports/new',
      permission: 'imports.run',
      name: names.new,
      load: async () => (await import('./new-import.tsx')).NewImport,
    },
    {
      path: 'imports/$id',
      permission: 'imports.read',
      load: async () => (await import('./import-wizard.tsx')).ImportWizard,
    },
  ],
}
