import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Exception, Problem } from '../../../../../clients/typescript/src/api.ts'
import { type Asked, api, useIntent } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** What became of one exception: done or not, in words, and how many lines moved. */
export type Outcome = {
  id: string
  done: boolean
  words: string
  moved: number
  approvalId: string | null
  code: string | undefined
}

export type Doing = {
  createExceptionsResolutions: Asked<'createExceptionsResolutions'>['body']['requests'][number]
  createExceptionsReruns: { id: string }
  createExceptionsDismissals: { id: string; text: string }
  createExceptionsReopenings: { id: string; text: string }
  createExceptionsAssignments: { id: string; owner: string; email?: string | null; from?: string }
  createExceptionsNotes: { id: string; text: string }
  createExceptionsDueDays: { id: string; due: string; from?: string }
  createExceptionsWork: { id: string; from?: 'open' | 'in_progress' }
}

type Answer = {
  results: {
    status: number
    result?: { state?: string; message?: string; moved?: number; approvalId?: string | null }
    problem?: Problem
  }[]
}

const closes: ReadonlySet<string> = new Set(['createExceptionsResolutions', 'createExceptionsReruns'])

/** Does something to exceptions, each by itself, and says what became of each. */
export function useDoing() {
  const path = useCompanyPath()
  const client = useQueryClient()
  const once = useIntent()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const run = async <Name extends keyof Doing>(
    name: Name,
    exceptions: readonly Exception[],
    request: (exception: Exception) => Doing[Name],
  ): Promise<readonly Outcome[]> => {
    setBusy(true)
    setProblem(undefined)
    try {
      const requests = exceptions.map(request)
      const asked = { path, query: { mode: 'each' }, body: { requests } } as unknown as Asked<Name>
      const send = (idempotencyKey: string) => api.call(name, { ...asked, idempotencyKey })
      const { results } = (await once([name, asked], send)) as Answer
      const read = results.map(({ result, problem: refused }, place): Outcome => {
        const done = refused === undefined && (!closes.has(name) || result?.state === 'resolved')
        const words = refused?.detail ?? refused?.title ?? result?.message ?? ''
        const [approvalId, code] = [result?.approvalId ?? null, refused?.code]
        return { id: exceptions[place]?.id ?? '', done, words, moved: result?.moved ?? 0, approvalId, code }
      })
      setOutcomes(read)
      return read
    } catch (error) {
      setProblem(error)
      return []
    } finally {
      // A remedy posts and moves lines: any report, list or count may say something else by now. Until they do, nothing of it is sent once more.
      await client.invalidateQueries()
      setBusy(false)
    }
  }
  return { run, busy, problem, outcomes }
}

export type Does = ReturnType<typeof useDoing>
