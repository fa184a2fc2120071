import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gate } from '@contract/calls-staff'
import { useShortcut } from '../app/shortcuts'

type Person = Gate['accounts'][number]
type Props = Readonly<{ people: readonly Person[]; demo: Gate['demo']; chosen: string | null; onChoose: (person: Person) => void; onDone: () => void }>

/** Who sits here: digits and arrows choose, Enter goes on to the secret. In practice mode the secrets of the invented officers stand beside them. */
export function People({ people, demo, chosen, onChoose, onDone }: Props): ReactNode {
  const { t } = useTranslation('sign-in')
  const index = Math.max(0, people.findIndex(({ loginName }) => loginName === chosen))
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = people[index + step]
    if (step === 0) return
    event.preventDefault()
    if (next) onChoose(next)
  }
  return (
    <div>
      <h3 id="people" style={{ marginBottom: 8 }}>{t('whoSits')}</h3>
      <div className="people" role="radiogroup" aria-labelledby="people" onKeyDown={press}>
        {people.map((person, place) => (
          <PersonRow
            key={person.loginName} person={person} place={place} checked={person.loginName === chosen} reachable={place === index}
            secret={demo.find(({ loginName }) => loginName === person.loginName)?.secret} onChoose={() => { onChoose(person); onDone() }}
          />
        ))}
      </div>
    </div>
  )
}

type RowProps = Readonly<{ person: Person; place: number; checked: boolean; reachable: boolean; secret: string | undefined; onChoose: () => void }>

function PersonRow({ person, place, checked, reachable, secret, onChoose }: RowProps): ReactNode {
  const { t } = useTranslation('common')
  const row = useRef<HTMLButtonElement>(null)
  const digit = place < 9 ? String(place + 1) : undefined
  useShortcut(digit, person.fullName, onChoose)
  useShortcut(digit === undefined ? undefined : `Alt+${digit}`, '', onChoose)
  useEffect(() => {
    if (!checked) return
    row.current?.scrollIntoView({ block: 'nearest' })
    if (row.current?.parentElement?.contains(document.activeElement)) row.current.focus()
  }, [checked])
  const title = person.title || t(`role.${person.role}`)
  return (
    <button ref={row} type="button" role="radio" className="person" aria-checked={checked} aria-label={`${person.fullName}, ${title}`} aria-keyshortcuts={digit} tabIndex={reachable ? 0 : -1} onClick={onChoose}>
      {digit !== undefined && <kbd aria-hidden="true">{digit}</kbd>}
      <span className="grow">
        <span className="who-name" style={{ display: 'block' }}>{person.fullName}</span>
        <span className="s t2" style={{ display: 'block', lineHeight: 1.4 }}>{title}</span>
      </span>
      {secret !== undefined && <span className="mono t2">{secret}</span>}
      {checked && <IconCheck className="i" aria-hidden />}
    </button>
  )
}
