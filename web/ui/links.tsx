import { Button, type ButtonProps } from '@mantine/core'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
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

/** A click that the browser has a use of its own for, such as a new tab. */
const isForBrowser = ({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || altKey || ctrlKey || shiftKey

/**
 * The same for the cells of a table, of which there are thousands: it watches nothing, so it does not know whether its address is where one is. The code of
 * where it leads comes as soon as somebody points at it.
 */
export function CellLink({ to, className, children }: Pick<GoProps, 'to' | 'className' | 'children'>) {
  const router = useRouter()
  const prepare = () => void router.preloadRoute(partsOf(to))
  return (
    <a
      href={to}
      className={className}
      onMouseEnter={prepare}
      onFocus={prepare}
      onClick={(event) => {
        if (isForBrowser(event)) return
        event.preventDefault()
        void router.navigate(partsOf(to))
      }}
    >
      {children}
    </a>
  )
}

/** A button that leads to an address. */
export const GoButton = ({ to, ...props }: ButtonProps & { to: string; children: ReactNode }) => (
  <Button {...props} renderRoot={(root) => <Link {...partsOf(to)} {...root} />} />
)
