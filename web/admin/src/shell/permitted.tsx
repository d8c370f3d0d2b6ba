import type { ReactNode } from 'react'
import type { Permission } from '../../../../src/kernel/permissions.ts'
import { NoPermission } from '../../../ui/states.tsx'
import { useWorkplace } from '../../../ui/workplace.tsx'

/** Shows what it holds to those who may see it, and the others what they lack. */
export const Permitted = ({ permission, children }: { permission: Permission; children: ReactNode }) =>
  useWorkplace().may(permission) ? children : <NoPermission permission={permission} />
