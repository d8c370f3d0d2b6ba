import { Textarea, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
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

/** Who is offered where somebody is about to be named, who of them is chosen, and what the keys do to that. */
function useNaming({ value, onChange }: Props, field: { current: HTMLTextAreaElement | null }) {
  const [caret, setCaret] = useState(0)
  const [left, setLeft] = useState<number>()
  const [active, setActive] = useState(0)
  const path = useCompanyPath()
  const naming = lettersAt(value, caret)
  const people = useRead('listExceptionsPeople', naming && { path })
  const found = naming === undefined || naming.at === left ? [] : offered(people.data?.rows ?? [], naming.letters)
  const place = Math.min(active, found.length - 1)
  const take = (person: Mentionable | undefined) => {
    if (naming === undefined || person === undefined) return
    const behind = naming.at + person.name.length + 2
    onChange(named(value, naming, person))
    setCaret(behind)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(behind, behind)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (found.length === 0 || event.nativeEvent.isComposing) return
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
    if (event.key === 'ArrowDown') setActive((place + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((place - 1 + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(found[place])
    else if (event.key === 'Escape') setLeft(naming?.at)
    else return
    event.preventDefault() // also of Escape, which else closes the drawer
  }
  const write = (text: string, at: number) => {
    const next = edited(value, text)
    setCaret(at)
    setActive(0)
    if (lettersAt(next, at) === undefined) setLeft(undefined)
    onChange(next)
  }
  const leave = () => setLeft(naming?.at)
  const comeBack = () => setLeft(undefined)
  return { found, place, take, choose: setActive, onKeyDown, write, setCaret, leave, comeBack }
}

/** The words of a note. '@' offers whom they can name: arrows choose, Enter takes, Escape leaves it as words. */
export function NoteField(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const list = useId()
  const naming = useNaming(props, field)
  const { found, place } = naming
  const isOpen = found.length > 0
  return (
    <div className={classes.noteField}>
      {isOpen && <People id={list} {...naming} />}
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
        value={props.value.text}
        onChange={({ currentTarget }) => naming.write(currentTarget.value, currentTarget.selectionStart)}
        onSelect={({ currentTarget }) => naming.setCaret(currentTarget.selectionStart)}
        onFocus={naming.comeBack}
        onBlur={naming.leave}
        onKeyDown={naming.onKeyDown}
      />
      <VisuallyHidden role="status">{isOpen ? t('peopleOffered', { count: found.length }) : ''}</VisuallyHidden>
    </div>
  )
}

type PeopleProps = Pick<ReturnType<typeof useNaming>, 'found' | 'place' | 'take' | 'choose'> & { id: string }

const People = ({ id, found, place, take, choose }: PeopleProps) => (
  <div id={id} role="listbox" aria-label={t('people')} className={classes.people}>
    {found.map((person, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
      // biome-ignore lint/a11y/useFocusableInteractive: it is the active descendant of the field
      <div
        key={person.userId}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === place}
        // The field keeps the focus, so that one writes on behind the name.
        onMouseDown={(event) => event.preventDefault()}
        onMouseEnter={() => choose(index)}
        onClick={() => take(person)}
      >
        {person.name}
        {person.email && <span className={classes.twin}>{person.email}</span>}
      </div>
    ))}
  </div>
)
