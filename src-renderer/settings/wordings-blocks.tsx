import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconLock } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormBlock, FormFault, FormView } from '@contract/forms'
import { KeyCaps, useAnnounce } from '../parts'
import { moved } from './signers-draft'
import { faultWords } from './wordings-faults'
import { blockLabel, type Naming, toggled, toScreen, type WordingDraft } from './wordings-draft'

type Props = Readonly<{ view: FormView; draft: WordingDraft; naming: Naming; faults: readonly FormFault[]; onChange: (draft: WordingDraft) => void }>

/** The parts of the body in their order: arrows choose, Space shows or leaves out, Alt with arrows moves. */
export function WordingBlocks({ view, draft, naming, faults, onChange }: Props): ReactNode {
  const { t } = useTranslation('wordings')
  const { say } = useAnnounce()
  const [current, setCurrent] = useState(draft.blocks[0]?.id)
  const follow = useRef(false)
  useEffect(() => {
    if (follow.current && current !== undefined) document.getElementById(`part-${current}`)?.focus()
    follow.current = false
  }, [current, draft])
  const choose = (id: string | undefined): void => {
    if (id === undefined) return
    follow.current = true
    setCurrent(id)
  }
  const move = (index: number, step: -1 | 1): void => {
    const blocks = moved(draft.blocks, index, step)
    if (blocks === draft.blocks) return
    choose(draft.blocks[index]?.id)
    onChange({ ...draft, blocks })
    say(t('blockMoved', { place: index + step + 1, count: blocks.length }))
  }
  const press = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    if (event.altKey) move(index, step)
    else choose(draft.blocks[index + step]?.id)
  }
  return (
    <div className="col" style={{ gap: 8 }}>
      <p className="m t2">{t('blocksWords')}</p>
      <div className="row wrap s t2" style={{ gap: 14 }} aria-hidden="true">
        <span className="row" style={{ gap: 4 }}><KeyCaps keys="Space" />{t('keyShow')}</span>
        <span className="row" style={{ gap: 4 }}><KeyCaps keys="Alt+ArrowUp" /><KeyCaps keys="ArrowDown" />{t('keyMove')}</span>
      </div>
      {faults.map((fault) => <p key={fault.path + fault.code} className="fault">{faultWords(fault, naming, t)}</p>)}
      <ol className="parts" aria-label={t('group.blocks')}>
        {draft.blocks.map((block, index) => (
          <BlockRow
            key={block.id} block={block} label={toScreen(blockLabel(view, block), naming)} place={index + 1} count={draft.blocks.length} current={block.id === current}
            onFocus={() => setCurrent(block.id)} onToggle={() => onChange(toggled(draft, block.id))} onMove={(step) => move(index, step)} onKeyDown={(event) => press(event, index)}
          />
        ))}
      </ol>
    </div>
  )
}

type RowProps = Readonly<{
  block: FormBlock; label: string; place: number; count: number; current: boolean
  onFocus: () => void; onToggle: () => void; onMove: (step: -1 | 1) => void; onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}>

function BlockRow({ block: { id, shown, required }, label, place, count, current, onFocus, onToggle, onMove, onKeyDown }: RowProps): ReactNode {
  const { t } = useTranslation('wordings')
  const Icon = required ? IconLock : shown ? IconEye : IconEyeOff
  return (
    <li className={`${current ? 'sel' : ''} ${shown ? '' : 'left-out'}`}>
      <button
        id={`part-${id}`} type="button" role="switch" aria-checked={shown} aria-disabled={required} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" tabIndex={current ? 0 : -1}
        onFocus={onFocus} onClick={onToggle} onKeyDown={onKeyDown}
      >
        <span className="t2 num place">{place}</span><span className="grow">{label}</span>
        <span className={`s row ${shown ? 't2' : 'c-warn'}`} style={{ gap: 4 }}><Icon className="i xs" aria-hidden />{t(required ? 'alwaysPrinted' : shown ? 'printed' : 'leftOut')}</span>
      </button>
      <Tool label={t('up', { name: label })} off={place === 1} onPress={() => onMove(-1)}><IconArrowUp className="i xs" aria-hidden /></Tool>
      <Tool label={t('down', { name: label })} off={place === count} onPress={() => onMove(1)}><IconArrowDown className="i xs" aria-hidden /></Tool>
    </li>
  )
}

/** For the mouse: by keyboard the row itself takes the keys. */
function Tool({ label, off, onPress, children }: { label: string; off: boolean; onPress: () => void; children: ReactNode }): ReactNode {
  return <button type="button" className="btn icon ghost" tabIndex={-1} aria-label={label} title={label} aria-disabled={off} style={off ? { visibility: 'hidden' } : undefined} onClick={onPress}>{children}</button>
}
