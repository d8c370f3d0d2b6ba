import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath, useWorkplace } from '../../../../ui/workplace.tsx'

const LOOK_EVERY_MS = 60_000

/** How many exceptions wait, for the rail. */
export function useWaiting(): number {
  const { may } = useWorkplace()
  const path = useCompanyPath()
  const counts = useRead('listExceptionsCounts', may('exceptions.read') ? { path } : undefined, {
    refetchEvery: LOOK_EVERY_MS,
  })
  return counts.data?.waiting ?? 0
}
