import type { ReactNode } from 'react'
import { DetailLink } from '../../../../ui/details.tsx'
import { figure, writtenDay } from '../../../../ui/figures.ts'
import { locale } from '../../../../ui/locale.ts'
import classes from './proof.module.css'
import { t } from './texts.ts'

const SHOWN = 50

type Row = Readonly<Record<string, unknown>>

/** The rows that a check names. Each check has columns of its own; entries, documents and payments lead on. */
export function BrokenRows({ of, title }: { of: readonly Row[]; title: string }) {
  const names = [...new Set(of.slice(0, SHOWN).flatMap((row) => Object.keys(row)))].filter((name) =>
    of.some((row) => row[name] !== null && row[name] !== ''),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keys too
    <section className={classes.rows} tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name}>{headerOf(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.slice(0, SHOWN).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a check have no name and never move
            <tr key={place}>
              {names.map((name) => (
                <td key={name}>{cellOf(name, row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {of.length > SHOWN && <p>{t('firstRows', { shown: SHOWN, count: of.length })}</p>}
    </section>
  )
}

/** 'entryId' as 'Entry', 'taxCode' as 'Tax code'. */
function headerOf(name: string): string {
  const words = name
    .replace(/Ids?$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const kinds: Readonly<Record<string, string>> = { entry: 'entry', document: 'document', payment: 'payment' }

function cellOf(name: string, value: unknown): ReactNode {
  if (value === null || value === undefined) return ''
  const kind = kinds[name.replace(/Id$/, '')]
  if (kind !== undefined && /^\d+$/.test(String(value)))
    return (
      <DetailLink kind={kind} id={String(value)}>
        {String(value)}
      </DetailLink>
    )
  if (isMoney(value)) return `${figure(value.amount, locale)} ${value.currency}`
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${headerOf(key)} ${String(one)}`)
      .join(', ')
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? writtenDay(String(value), locale) : String(value)
}

const isMoney = (value: unknown): value is { amount: string; currency: string } =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
