import { Navigate, useParams } from '@tanstack/react-router'
import { partsOf } from '../../../../ui/links.tsx'
import { useSearchState } from '../../../../ui/search.ts'
import { useAddress } from '../../../../ui/workplace.tsx'

/** An account by its code alone, as people write an address: its lines. */
export function Ledger() {
  const { account } = useParams({ strict: false }) as { account: string }
  const [{ from, to: until }] = useSearchState()
  const to = useAddress()
  return <Navigate {...partsOf(to('lines', { account, from, to: until }))} replace />
}
