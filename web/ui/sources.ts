import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useAddress } from './workplace.tsx'

/** Where the rows behind a figure are read, as the API says it: a report or a list, and its parameters. */
export type Source = {
  report?: string | undefined
  list?: string | undefined
  parameters: Readonly<Record<string, string>>
}

/**
 * The address of the screen that shows the rows behind a figure; undefined where there is none. Lines stand at `lines`, other reports at
 * `reports/NAME`, lists under their own names, each with the parameters of the source: so a screen takes them as the API calls them.
 */
export function useSourceAddress(): (source: Source | null | undefined) => string | undefined {
  const addressOf = useScreenAddress()
  return useCallback(
    (source) => {
      if (source === null || source === undefined) return undefined
      const { report, list = '', parameters } = source
      const path = report === undefined ? (screens[list] ?? list) : report === 'lines' ? 'lines' : `reports/${report}`
      return addressOf(path, {}, { ...parameters })
    },
    [addressOf],
  )
}

/** Lists whose screen has another name. */
const screens: Readonly<Record<string, string>> = { exceptions: 'inbox' }

/**
 * The address of a screen of another area, by the path that the area gives it; undefined where there is no such screen:
 * `addressOf('imports/$id', { id: '7' })`.
 */
export function useScreenAddress(): (
  path: string,
  parts?: Readonly<Record<string, string>>,
  search?: Readonly<Record<string, string>>,
) => string | undefined {
  const to = useAddress()
  const { routesByPath } = useRouter()
  return useCallback(
    (path, parts = {}, search = {}) =>
      Object.hasOwn(routesByPath, `/companies/$companyId/${path}`)
        ? to(
            path.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? '')),
            search,
          )
        : undefined,
    [to, routesByPath],
  )
}
