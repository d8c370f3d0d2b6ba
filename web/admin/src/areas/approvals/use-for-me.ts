import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'

const LOOK_EVERY_MS = 60_000

/** How many requests wait for the decision of whoever looks, for the rail. */
export function useForMe(): number {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const mayDecide = may('approvals.read') && may('approvals.decide')
  const waiting = useRead('listApprovals', mayDecide ? { path, query: { state: 'pending' } } : undefined, {
    refetchEvery: LOOK_EVERY_MS,
  })
  return waiting.data?.rows.filter(({ own }) => !own).length ?? 0
}
