import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** What can be imported, and what a format is called. */
export function useFormats() {
  const found = useRead('listImportFormats', { path: useCompanyPath() })
  return {
    formats: found.data,
    nameOf: (format: string): string => found.data?.rows.find((one) => one.format === format)?.label ?? format,
  }
}
