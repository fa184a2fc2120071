import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconEye } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormChange, FormFault } from '@contract/forms'
import type { FormCode } from '@contract/office-forms'
import type { Paper } from '@contract/receipt'
import { api } from '../app/api'
import { Button, DocumentView, FailureNote, Loading, Note, Segmented } from '../parts'

/** After the last key: soon enough to look live, late enough not to print every letter. */
const QUIET_MS = 600

type Drawn = Readonly<{ id: string; bytes: Blob }>
export type Preview = Readonly<{ drawn: Drawn | null; faults: readonly FormFault[]; error: unknown; busy: boolean; again: () => void }>

let drawings = 0

/** The form as it prints, anew when typing rests. What was drawn last stays while the wording is faulty or the next is made. */
export function useWordingPreview(form: FormCode, change: FormChange, paper: Paper): Preview {
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [faults, setFaults] = useState<readonly FormFault[]>([])
  const [error, setError] = useState<unknown>(null)
  const [doneFor, setDoneFor] = useState('')
  const [attempt, setAttempt] = useState(0)
  const first = useRef(true)
  const wanted = JSON.stringify([form, change, paper, attempt])
  useEffect(() => {
    const stop = new AbortController()
    const gone = (): boolean => stop.signal.aborted
    const draw = async (): Promise<void> => {
      try {
        const found = await api.forms.check({ form, change })
        if (gone()) return
        setFaults(found)
        if (found.length === 0) {
          const bytes = await api.forms.preview({ form, change, paper })
          if (gone()) return
          setDrawn({ id: `wording/${String(drawings += 1)}`, bytes })
        }
        setError(null)
      } catch (failure) {
        if (!gone()) setError(failure)
      }
      if (!gone()) setDoneFor(wanted)
    }
    const timer = setTimeout(() => void draw(), first.current ? 0 : QUIET_MS)
    first.current = false
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
    // `wanted` is all of them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
  return { drawn, faults, error, busy: doneFor !== wanted, again: () => setAttempt((now) => now + 1) }
}

type Props = Readonly<{ preview: Preview; paper: Paper; onPaper: (paper: Paper) => void; papers: readonly Paper[]; label: string }>

/** The paper, large: Alt+PgUp and Alt+PgDn leaf, Alt+K changes its size. */
export function WordingPreview({ preview: { drawn, faults, error, busy, again }, paper, onPaper, papers, label }: Props): ReactNode {
  const { t } = useTranslation('wordings')
  const [page, setPage] = useState(1)
  const [count, setCount] = useState(1)
  const shown = Math.min(page, count)
  const leaf = (step: number): void => setPage(Math.min(count, Math.max(1, shown + step)))
  const other = papers.find((one) => one !== paper)
  return (
    <section className="card fill wording-preview" aria-label={t('preview')}>
      <div className="hd">
        <IconEye className="i" aria-hidden /><h2>{t('preview')}</h2>
        <span className="s t2" role="status">{busy ? t('drawing') : ''}</span>
        <span className="end row">
          {count > 1 && <>
            <span className="s t2 num">{t('pageOf', { page: shown, count })}</span>
            <Button small icon={IconChevronUp} label={t('previousPage')} keys="Alt+PageUp" caps={null} onPress={() => leaf(-1)}>{''}</Button>
            <Button small icon={IconChevronDown} label={t('nextPage')} keys="Alt+PageDown" caps={null} onPress={() => leaf(1)}>{''}</Button>
          </>}
          {other !== undefined && <PaperChoice paper={paper} papers={papers} other={other} onPaper={onPaper} />}
        </span>
      </div>
      {faults.length > 0 && <div className="told"><Note tint="warn" icon={IconAlertTriangle} role="status">{t('stays', { count: faults.length })}</Note></div>}
      {error !== null && <div className="told"><FailureNote error={error}><Button small onPress={again}>{t('again')}</Button></FailureNote></div>}
      {drawn ? <Kept drawn={drawn} label={label} page={shown} onCount={setCount} /> : error === null && faults.length === 0 && <Loading what={t('drawing')} />}
    </section>
  )
}

function PaperChoice({ paper, papers, other, onPaper }: { paper: Paper; papers: readonly Paper[]; other: Paper; onPaper: (paper: Paper) => void }): ReactNode {
  const { t } = useTranslation('wordings')
  return (
    <>
      <Segmented label={t('paper')} value={paper} onChange={onPaper} options={papers.map((value) => ({ value, label: value }))} />
      <Button small kind="ghost" label={t('otherPaper', { paper: other })} keys="Alt+K" onPress={() => onPaper(other)}>{''}</Button>
    </>
  )
}

/** Frames to wait for the new page to be painted before it is shown anyway. */
const FRAMES = 60

/** The last drawing stays on top until the next one is painted, and the next stands where it stood: nothing flashes or jumps at each word. */
function Kept({ drawn, label, page, onCount }: { drawn: Drawn; label: string; page: number; onCount: (count: number) => void }): ReactNode {
  const [open, setOpen] = useState<Drawn>(drawn)
  const box = useRef<HTMLDivElement>(null)
  const newest = useRef(drawn.id)
  useEffect(() => { newest.current = drawn.id }, [drawn])
  const change = (one: Drawn, count: number, frames: number): void => {
    if (newest.current !== one.id) return
    const [before, after] = box.current?.querySelectorAll('.docview') ?? []
    if (after && !after.querySelector('canvas') && frames > 0) {
      requestAnimationFrame(() => change(one, count, frames - 1))
      return
    }
    if (before && after) after.scrollTop = before.scrollTop
    onCount(count)
    setOpen(one)
  }
  const show = (one: Drawn, current: boolean): ReactNode => (
    <div key={one.id} className={current ? 'layer' : 'layer coming'} aria-hidden={!current} inert={!current}>
      <DocumentView id={one.id} load={() => Promise.resolve(one.bytes)} mediaType="application/pdf" label={label} page={page} onCount={(count) => change(one, count, FRAMES)} />
    </div>
  )
  return <div className="layers" ref={box}>{show(open, true)}{open.id !== drawn.id && show(drawn, false)}</div>
}
