import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, focusField, KeyCaps, useAnnounce } from '../parts'
import type { Faults } from './faults'
import { MOST_OFFICES, moved, type OfficeDraft, withOffice } from './signers-draft'

type Props = Readonly<{ offices: readonly OfficeDraft[]; faults: Faults; onChange: (offices: readonly OfficeDraft[]) => void }>

/** Offices that papers are handed on to, in the order they are offered: Enter adds one, Alt with arrows moves it, Ctrl+Delete takes it off. */
export function OfficeList({ offices, faults, onChange }: Props): ReactNode {
  const { t } = useTranslation('signers')
  const { say } = useAnnounce()
  const adding = useRef<HTMLButtonElement>(null)
  const wanted = useRef<number | 'adding' | null>(null)
  useEffect(() => {
    if (wanted.current === 'adding') adding.current?.focus()
    else if (wanted.current !== null) focusField(`signers.office.${String(wanted.current)}`)
    wanted.current = null
  }, [offices])
  const goTo = (key: number | undefined): void => { wanted.current = key ?? 'adding' }
  const full = offices.length >= MOST_OFFICES
  const add = (after?: number): void => {
    if (full) return
    const next = withOffice(offices, after)
    goTo(next.key)
    onChange(next.offices)
  }
  const move = (index: number, step: -1 | 1): void => {
    const next = moved(offices, index, step)
    if (next === offices) return
    goTo(offices[index]?.key)
    onChange(next)
    say(t('moved', { place: index + step + 1, count: offices.length }))
  }
  const remove = (index: number): void => {
    goTo((offices[index + 1] ?? offices[index - 1])?.key)
    onChange(offices.filter((_, other) => other !== index))
    say(t('removed', { name: offices[index]?.name ?? '' }))
  }
  return (
    <div className="col" style={{ gap: 8 }}>
      <div className="row wrap s t2" style={{ gap: 14 }} aria-hidden="true">
        <span className="row" style={{ gap: 4 }}><KeyCaps keys="Enter" />{t('keyAdd')}</span>
        <span className="row" style={{ gap: 4 }}><KeyCaps keys="Alt+ArrowUp" /><KeyCaps keys="ArrowDown" />{t('keyMove')}</span>
        <span className="row" style={{ gap: 4 }}><KeyCaps keys="Ctrl+Delete" />{t('keyRemove')}</span>
      </div>
      <ol className="offices" aria-label={t('offices')}>
        {offices.map((office, index) => (
          <OfficeRow
            key={office.key} office={office} place={index + 1} count={offices.length} fault={faults[`office.${String(office.key)}`]}
            onName={(name) => onChange(offices.map((other, at) => (at === index ? { ...other, name } : other)))}
            onAdd={() => add(index)} onMove={(step) => move(index, step)} onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className="row">
        <Button small ref={adding} icon={IconPlus} onPress={() => add()} waitsFor={full ? t('full', { most: MOST_OFFICES }) : undefined}>{t('addOffice')}</Button>
      </div>
    </div>
  )
}

type RowProps = Readonly<{ office: OfficeDraft; place: number; count: number; fault: string | undefined; onName: (name: string) => void; onAdd: () => void; onMove: (step: -1 | 1) => void; onRemove: () => void }>

function OfficeRow({ office, place, count, fault, onName, onAdd, onMove, onRemove }: RowProps): ReactNode {
  const { t } = useTranslation('signers')
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const act = event.altKey && event.key === 'ArrowUp' ? () => onMove(-1)
      : event.altKey && event.key === 'ArrowDown' ? () => onMove(1)
        : event.ctrlKey && event.key === 'Delete' ? onRemove
          : event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing ? onAdd : undefined
    if (!act) return
    event.preventDefault()
    act()
  }
  const id = `office-${String(office.key)}`
  return (
    <li>
      <div className="row" style={{ gap: 4 }}>
        <span className="t2 num place" aria-hidden="true">{place}</span>
        <input
          className={`inp ${fault === undefined ? '' : 'faulty'}`} name={`signers.office.${String(office.key)}`} value={office.name} maxLength={200} autoComplete="off" spellCheck={false}
          aria-label={t('office', { place, count })} aria-invalid={fault !== undefined} aria-describedby={fault === undefined ? undefined : id} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Control+Delete"
          onChange={(event) => onName(event.target.value)} onKeyDown={press}
        />
        <Tool label={t('up', { name: office.name })} off={place === 1} onPress={() => onMove(-1)}><IconArrowUp className="i xs" aria-hidden /></Tool>
        <Tool label={t('down', { name: office.name })} off={place === count} onPress={() => onMove(1)}><IconArrowDown className="i xs" aria-hidden /></Tool>
        <Tool label={t('remove', { name: office.name })} off={false} onPress={onRemove}><IconTrash className="i xs" aria-hidden /></Tool>
      </div>
      {fault !== undefined && <p className="fault" id={id}>{fault}</p>}
    </li>
  )
}

/** For the mouse: by keyboard the field itself takes the keys, so that Tab goes from office to office. */
function Tool({ label, off, onPress, children }: { label: string; off: boolean; onPress: () => void; children: ReactNode }): ReactNode {
  return <button type="button" className="btn icon ghost" tabIndex={-1} aria-label={label} title={label} aria-disabled={off} style={off ? { visibility: 'hidden' } : undefined} onClick={onPress}>{children}</button>
}
