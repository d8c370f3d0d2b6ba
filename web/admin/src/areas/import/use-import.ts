import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Import, ImportEvent } from '../../../../../clients/typescript/src/api.ts'
import { api, keyOf, useChange, useRead } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** How often an import is asked for while its events do not come. */
const ASK_MS = 3_000

export const isUnderWay = (state: Import['state'] | undefined): boolean => state === 'checking' || state === 'running'

/** Everything that a check asks, whether it went through or was stopped by it. */
export const decisionsOf = ({ check, problem }: Import) => check?.decisions ?? problem?.decisions ?? []

export type FollowedImport = {
  found: ReturnType<typeof useRead<'getImport'>>
  /** Whether its events do not come just now. */
  isCut: boolean
}

/** An import, followed by server-sent events while the server works at it. They begin again by themselves where they were cut off. */
export function useImport(importId: string): FollowedImport {
  const { companyId } = useCompanyPath()
  const path = { companyId, importId }
  const client = useQueryClient()
  const [isCut, setCut] = useState(false)
  const found = useRead('getImport', { path }, { fresh: true, ...(isCut ? { refetchEvery: ASK_MS } : {}) })
  const follows = isUnderWay(found.data?.state)
  useEffect(() => {
    if (!follows) return setCut(false)
    const asked = { path: { companyId, importId } }
    const key = keyOf('getImport', asked)
    const source = new EventSource(api.addressOf('followImport', asked))
    const take = ({ data }: MessageEvent<string>) => {
      const { files: _, importId: __, ...told } = JSON.parse(data) as ImportEvent
      setCut(false)
      if (isUnderWay(told.state)) client.setQueryData<Import>(key, (before) => before && { ...before, ...told })
      // Once it stops, what is remembered of the books is not what they are.
      else void client.invalidateQueries()
    }
    source.addEventListener('progress', take)
    source.addEventListener('ended', take)
    source.addEventListener('error', () => setCut(true))
    return () => source.close()
  }, [follows, companyId, importId, client])
  return { found, isCut }
}

type Move = 'checkImport' | 'runImport' | 'pauseImport' | 'cancelImport'

/** Has an import checked, run, paused or cancelled; what is answered is shown at once. */
export function useMove(name: Move, importId: string) {
  const { companyId } = useCompanyPath()
  const client = useQueryClient()
  const change = useChange(name, { forgets: ['listImports'] })
  const asked = { path: { companyId, importId } }
  return {
    busy: change.isPending,
    problem: change.error,
    run: async () => {
      const moved = await change.mutateAsync(asked)
      client.setQueryData(keyOf('getImport', asked), moved)
      if (name === 'runImport') {
        // The books change from now on: what is remembered of them is asked for anew.
        await client.invalidateQueries({ predicate: ({ queryKey }) => !/Imports?\b/.test(String(queryKey[0])) })
      }
    },
  }
}
