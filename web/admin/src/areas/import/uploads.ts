import { useEffect, useRef, useState } from 'react'
import type { Problem, Upload } from '../../../../../clients/typescript/src/api.ts'
import { api, ProblemError } from '../../../../ui/api.ts'
import { keepDraft, readDraft } from '../../../../ui/drafts.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'

/** A file on its way to the server, or there. */
export type UploadItem = {
  key: string
  name: string
  bytes: number
  /** How much of it has been sent, from 0 to 1. */
  sent: number
  sha256?: string
  error?: unknown
}

const AT_ONCE = 3
const DRAFT = 'import-files'

/**
 * Sends one file. A request by hand, since only it tells how much has been sent. Throws a `ProblemError` where it is declined, and a `TypeError`
 * where the server was not reached.
 */
function send(address: string, file: File, { onSent }: { onSent(part: number): void }): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('content-type', file.name.endsWith('.gz') ? 'application/gzip' : 'text/csv')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(new TypeError('the server was not reached')))
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(request.response as Upload)
      else reject(isProblem(request.response) ? new ProblemError(request.response) : new Error(request.statusText))
    })
    request.send(file)
  })
}

const isProblem = (response: unknown): response is Problem =>
  typeof response === 'object' && response !== null && 'code' in response

/** The same file dropped twice is one. */
const keyOf = ({ name, size, lastModified }: File): string => `${name} ${size} ${lastModified}`

const unsent = ({ key, file }: { key: string; file: File }): UploadItem => ({
  key,
  name: file.name,
  bytes: file.size,
  sent: 0,
})

export type Uploads = {
  items: readonly UploadItem[]
  isBusy: boolean
  add(files: readonly File[]): void
  retry(key: string): void
  remove(key: string): void
  clear(): void
}

/** Sends files, a few at once. What has arrived is remembered through a reload. */
export function useUploads(): Uploads {
  const { companyId } = useCompanyPath()
  const [items, setItems] = useState<readonly UploadItem[]>(() => readDraft<UploadItem[]>(DRAFT) ?? [])
  const waiting = useRef<{ key: string; file: File }[]>([])
  const files = useRef(new Map<string, File>())
  const running = useRef(0)
  useEffect(() => {
    keepDraft(
      DRAFT,
      items.filter(({ sha256 }) => sha256 !== undefined),
    )
  }, [items])
  const change = (key: string, some: Partial<UploadItem>) =>
    setItems((before) => before.map((one) => (one.key === key ? { ...one, ...some } : one)))
  const pump = () => {
    while (running.current < AT_ONCE) {
      const next = waiting.current.shift()
      if (next === undefined) return
      running.current += 1
      const { key, file } = next
      const address = api.addressOf('createImportsFiles', { path: { companyId }, query: { name: file.name }, body: '' })
      send(address, file, { onSent: (sent) => change(key, { sent }) })
        .then(({ sha256 }) => change(key, { sent: 1, sha256 }))
        .catch((error: unknown) => change(key, { error }))
        .finally(() => {
          running.current -= 1
          pump()
        })
    }
  }
  const queue = (key: string, file: File) => {
    files.current.set(key, file)
    waiting.current.push({ key, file })
  }
  const drop = (key: string) => {
    waiting.current = waiting.current.filter((one) => one.key !== key)
    files.current.delete(key)
  }
  return {
    items,
    isBusy: items.some(({ sha256, error }) => sha256 === undefined && error === undefined),
    add: (added) => {
      const known = new Set(items.map(({ key }) => key))
      const wanted = added.map((file) => ({ file, key: keyOf(file) })).filter(({ key }) => !known.has(key))
      setItems((before) => [...before, ...wanted.map(unsent)])
      for (const { key, file } of wanted) queue(key, file)
      pump()
    },
    retry: (key) => {
      const file = files.current.get(key)
      if (file === undefined) return
      setItems((before) =>
        before.map((one) => (one.key === key ? { key, name: one.name, bytes: one.bytes, sent: 0 } : one)),
      )
      queue(key, file)
      pump()
    },
    remove: (key) => {
      drop(key)
      setItems((before) => before.filter((one) => one.key !== key))
    },
    clear: () => {
      for (const key of [...files.current.keys()]) drop(key)
      setItems([])
    },
  }
}
