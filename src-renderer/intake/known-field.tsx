import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownPerson } from '@contract/draft'
import { formatDate, formatIdNumber } from '@contract/format'
import { toCivil } from '@contract/civil-time'
import { api } from '../app/api'
import { Field } from '../parts'

/** A look-up is audited: it waits until the typing pauses, and for enough letters to mean somebody. */
const LOOK_AFTER_MS = 300
const LEAST = 3

type Props = Readonly<{
  label: string; name: string; value: string; source: string | undefined; hint: string | undefined; mark?: string | undefined; inputMode?: 'numeric' | 'tel'
  onChange: (text: string) => void; onLeave: () => void; onTake: (known: KnownPerson) => void; required?: boolean
}>

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), LOOK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

/** A field that offers people of earlier dossiers while it is typed in; ↓ and Enter take one, Esc closes the list. */
export function KnownField({ label, name, value, source, hint, mark, inputMode, onChange, onLeave, onTake, required }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const list = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const query = usePaused(value.trim())
  const { data } = useQuery({
    queryKey: ['known', query], queryFn: () => api.identity.known({ query, limit: 6 }), enabled: open && query.length >= LEAST, placeholderData: keepPreviousData, staleTime: 60_000,
  })
  const people = open && value.trim().length >= LEAST ? (data ?? []) : []
  const take = (known: KnownPerson): void => {
    setOpen(false)
    setActive(-1)
    onTake(known)
  }
  const press = (event: KeyboardEvent): void => {
    const chosen = people[active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setActive(Math.max(-1, Math.min(people.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && chosen && !event.ctrlKey) {
      event.preventDefault()
      event.stopPropagation()
      take(chosen)
    } else if (event.key === 'Escape' && people.length > 0) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <div className="known" onKeyDown={press}>
      <Field label={label} source={source} hint={hint} mark={mark}>
        {({ id, describedBy }) => (
          <input
            id={id} name={name} className="inp" value={value} inputMode={inputMode} autoComplete="off" spellCheck={false} role="combobox" aria-autocomplete="list"
            aria-expanded={people.length > 0} aria-controls={list} aria-activedescendant={active >= 0 ? `${list}-${String(active)}` : undefined}
            aria-describedby={describedBy} aria-required={required}
            onChange={(event) => { setOpen(true); setActive(-1); onChange(event.target.value) }}
            onBlur={() => { setOpen(false); onLeave() }}
          />
        )}
      </Field>
      <div id={list} role="listbox" aria-label={t('person.known')} className={people.length > 0 ? 'found known-list' : 'sr'}>
        {people.map((known, index) => (
          <div
            key={known.lastSeenAt + known.person.fullName} id={`${list}-${String(index)}`} role="option" aria-selected={index === active} className={`item ${index === active ? 'sel' : ''}`}
            onPointerDown={(event) => { event.preventDefault(); take(known) }}
          ><KnownLine known={known} /></div>
        ))}
      </div>
    </div>
  )
}

function KnownLine({ known: { person, lastSeenAt, dossiers } }: { known: KnownPerson }): ReactNode {
  const { t } = useTranslation('intake')
  const facts = [person.idNumber && formatIdNumber(person.idNumber), person.birthDate && formatDate(person.birthDate), person.address].filter(Boolean).join(' · ')
  return (
    <div className="grow">
      <div><b>{person.fullName}</b> <span className="s t2">{t('person.lastSeen', { date: formatDate(toCivil(new Date(lastSeenAt)).date), count: dossiers.length })}</span></div>
      <div className="s t2 ell num">{facts}</div>
    </div>
  )
}
