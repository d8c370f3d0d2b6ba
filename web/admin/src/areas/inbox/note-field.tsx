import { Textarea, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Mentionable } from '../../../../../clients/typescript/src/api.ts'
import { useRead } from '../../../../ui/api.ts'
import { useCompanyPath } from '../../../../ui/workplace.tsx'
import classes from './inbox.module.css'
import { type Draft, edited, lettersAt, named } from './mentions.ts'
import { t } from './texts.ts'

const MOST_OFFERED = 8

const begins = (word: string, letters: string): boolean => word.toLocaleLowerCase().startsWith(letters)

/** Those whose name, or a word of it, begins with the letters. */
const offered = (people: readonly Mentionable[], typed: string): Mentionable[] => {
  const letters = typed.trim().toLocaleLowerCase()
  return people
    .filter(({ name }) => begins(name, letters) || name.split(/\s+/).some((word) => begins(word, letters)))
    .slice(0, MOST_OFFERED)
}

type Props = { value: Draft; onChange(value: Draft): void }

/** The words of a note. '@' offers whom they can name: arrows choose, Enter takes, Escape leaves it as words. */
export function NoteField({ value, onChange }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [left, setLeft] = useState<number>()
  const [active, setActive] = useState(0)
  const naming = lettersAt(value, caret)
  const path = useCompanyPath()
  const people = useRead('listExceptionsPeople', naming && { path })
  const found = useMemo(
    () => (naming === undefined ? [] : offered(people.data?.rows ?? [], naming.letters)),
    [naming, people.data],
  )
  const isOpen = found.length > 0 && naming?.at !== left
  const list = useId()
  const place = Math.min(active, found.length - 1)
  const letters = naming?.letters
  // biome-ignore lint/correctness/useExhaustiveDependencies: other letters begin at the first again
  useEffect(() => setActive(0), [letters])
  const take = (person: Mentionable | undefined) => {
    if (naming === undefined || person === undefined) return
    const next = named(value, naming, person)
    const behind = naming.at + person.name.length + 2
    onChange(next)
    setCaret(behind)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(behind, behind)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing) return
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key === 'ArrowDown') setActive((place + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((place - 1 + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(found[place])
    else if (event.key === 'Escape') setLeft(naming?.at)
    else return
    event.preventDefault() // also of Escape, which else closes the drawer
  }
  return (
    <div className={classes.noteField}>
      {isOpen && (
        <div id={list} role="listbox" aria-label={t('people')} className={classes.people}>
          {found.map(({ userId, name, email }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
            // biome-ignore lint/a11y/useFocusableInteractive: it is the active descendant of the field
            <div
              key={userId}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === place}
              // The field keeps the focus, so that one writes on behind the name.
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(index)}
              onClick={() => take(found[index])}
            >
              {name}
              {email && <span className={classes.twin}>{email}</span>}
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={field}
        aria-label={t('note')}
        placeholder={t('notePlaceholder')}
        autosize
        minRows={2}
        maxLength={1800}
        mt="xs"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? list : undefined}
        aria-activedescendant={isOpen ? `${list}-${place}` : undefined}
        value={value.text}
        onChange={({ currentTarget }) => {
          const next = edited(value, currentTarget.value)
          setCaret(currentTarget.selectionStart)
          if (lettersAt(next, currentTarget.selectionStart) === undefined) setLeft(undefined)
          onChange(next)
        }}
        onFocus={() => setLeft(undefined)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onBlur={() => setLeft(naming?.at)}
        onKeyDown={onKeyDown}
      />
      <VisuallyHidden role="status">{isOpen ? t('peopleOffered', { count: found.length }) : ''}</VisuallyHidden>
    </div>
  )
}
