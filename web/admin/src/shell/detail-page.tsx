import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'

/** A detail as a page of its own. */
export function DetailPage({ of: Content }: { of: ComponentType<{ id: string }> }) {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Content key={id} id={id} />
}
