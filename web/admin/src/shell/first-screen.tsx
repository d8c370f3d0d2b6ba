import { Navigate } from '@tanstack/react-router'
import { Empty } from '../../../ui/states.tsx'
import { useAddress, useWorkplace } from '../../../ui/workplace.tsx'
import { areas } from '../areas.ts'
import { t } from './texts.ts'

/** What a company opens with: the first area of the rail that the person may see. */
export function FirstScreen() {
  const { may } = useWorkplace()
  const to = useAddress()
  const [rail] = areas
    .flatMap((area) => (area.rail && may(area.rail.permission) ? [area.rail] : []))
    .sort((a, b) => a.order - b.order)
  if (rail === undefined) return <Empty whole title={t('nothingForYou')} text={t('nothingForYouText')} />
  return <Navigate to={to(rail.path) as never} replace />
}
