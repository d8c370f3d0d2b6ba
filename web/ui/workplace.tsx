import { createContext, type ReactNode, use } from 'react'
import type { Company, Me } from '../../clients/typescript/src/api.ts'
import type { Permission } from '../../src/kernel/permissions.ts'

/** Where the person works: who they are, in which company, and what they may do there. */
export type Workplace = {
  me: Me
  companies: readonly Company[]
  company: Company
  may(permission: Permission): boolean
}

const WorkplaceContext = createContext<Workplace | undefined>(undefined)

export const WorkplaceProvider = ({ value, children }: { value: Workplace; children: ReactNode }) => (
  <WorkplaceContext value={value}>{children}</WorkplaceContext>
)

/** The company of the address. Throws outside the frame of one. */
export function useWorkplace(): Workplace {
  const workplace = use(WorkplaceContext)
  if (workplace === undefined) throw new Error('there is no company here')
  return workplace
}

/** The `path` of every call that concerns the company: `{ companyId }`. */
export const useCompanyPath = (): { companyId: string } => ({ companyId: useWorkplace().company.id })

/** The address of a screen of the company: `to('documents')`, `to('documents', { kind: 'invoice' })`. */
export function useAddress(): (path: string, search?: Record<string, string | undefined>) => string {
  const { company } = useWorkplace()
  return (path, search = {}) => {
    const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const query = new URLSearchParams(given).toString()
    return `/companies/${company.id}${path === '' ? '' : `/${path}`}${query === '' ? '' : `?${query}`}`
  }
}
