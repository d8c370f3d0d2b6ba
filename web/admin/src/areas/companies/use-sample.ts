import { useChange } from '../../../../ui/api.ts'
import { useGo } from '../../../../ui/links.tsx'

/** Has a sample company made, and leads to where one sees how far it is. */
export function useSample() {
  const go = useGo()
  const make = useChange('createSampleCompanies', { forgets: ['listCompanies', 'listMe'] })
  return {
    busy: make.isPending,
    problem: make.error,
    begin: () =>
      void make
        .mutateAsync({ body: {} })
        .then(({ companyId }) => go(`/companies/${companyId}/making`))
        .catch(() => {}), // the problem is shown
  }
}
