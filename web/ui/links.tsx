import { Button, type ButtonProps } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCallback } from 'react'
import { parseSearch } from './search-text.ts'

/** An address of this application, as `useAddress` gives it, in the parts that the router takes. */
export function partsOf(address: string): { to: never; search: never } {
  const [path = '/', query = ''] = address.split('?')
  return { to: path as never, search: parseSearch(query) as never }
}

/** Goes to an address: `go(to('documents', { kind: 'invoice' }))`. */
export function useGo(): (address: string, how?: { replace?: boolean }) => Promise<void> {
  const navigate = useNavigate()
  return useCallback((address, { replace = false } = {}) => navigate({ ...partsOf(address), replace }), [navigate])
}

type GoProps = {
  to: string
  className?: string
  children?: ReactNode
  'aria-label'?: string
  'data-at'?: true | undefined
  onClick?: () => void
}

/** A link to an address of this application. `exact`: it is where one is only at that very address, not below it. */
export const Go = ({ to, exact = false, ...props }: GoProps & { exact?: boolean }) => (
  <Link {...partsOf(to)} {...(exact ? { activeOptions: { exact, includeSearch: false } } : {})} {...props} />
)

/** A button that leads to an address. */
export const GoButton = ({ to, ...props }: ButtonProps & { to: string; children: ReactNode }) => (
  <Button {...props} renderRoot={(root) => <Link {...partsOf(to)} {...root} />} />
)
