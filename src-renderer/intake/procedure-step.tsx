import { IconMessageQuestion, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureHit } from '@contract/calls-office'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Empty, KeyCaps, useAnnounce } from '../parts'
import { chooseProcedure } from './content'
import { focusInStep } from './focus'
import { ProcedureAnswer } from './procedure-answer'
import { useDraft } from './use-draft'
import { VerdictBadge } from './verdict'

/** Life events shown at first: two lines of them. */
const FEW_EVENTS = 7
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }

/** Finds the errand by name without marks, code or life event, and says at once whether this counter may take it. */
export function ProcedureStep({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit, store } = useDraft()
  const { say } = useAnnounce()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [lifeEvent, setLifeEvent] = useState<string | null>(null)
  const [allEvents, setAllEvents] = useState(false)
  const [picked, setPicked] = useState<string | null>(content.procedure?.code ?? null)
  const field = useFocusOnce()
  const { address, birthDate } = content.applicant
  const input = { query: query.trim(), lifeEvent, applicant: address === '' ? null : { address, birthDate }, limit: 60 }
  const found = { queryKey: keys.procedures(input), queryFn: () => api.procedures.search(input) }
  const { data, isPlaceholderData } = useQuery({ ...found, placeholderData: keepPreviousData })
  const hits = data?.items ?? []
  const index = hits.findIndex(({ code }) => code === picked)
  const shown = picked ?? hits[0]?.code ?? null

  const search = (text: string): void => {
    setQuery(text)
    setPicked(null)
  }
  const choose = async (code: string): Promise<void> => {
    const procedure = await queryClient.query({ queryKey: keys.procedure(code, ''), queryFn: () => api.procedures.get({ code }) })
    queryClient.setQueryData(keys.procedure(procedure.code, procedure.version), procedure)
    edit((now) => chooseProcedure(now, procedure))
    setPicked(code)
    const { view } = await store.flush()
    say(t('procedure.chosen', { name: procedure.name }))
    goOn(view.questions[0]?.id, view.verdict?.kind)
  }
  /** The first of the list for what was typed, even when the list on the screen is still the one before. */
  const chooseShown = async (): Promise<void> => {
    const code = picked ?? (await queryClient.query(found)).items[0]?.code
    if (code !== undefined) await choose(code)
  }
  const goOn = (question: string | undefined, verdict: string | undefined): void => {
    if (question !== undefined) focusInStep(`answers.${question}`)
    else if (verdict === 'here' || verdict === 'anywhere') onDone()
  }
  const askGuide = async (): Promise<void> => {
    // The guide asks for the person as the core knows them.
    await store.flush()
    const words = query.trim()
    await navigate({ to: '/guide', search: { draft: store.id, ...(words !== '' && { q: words }) } })
  }
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setPicked(hits[Math.max(0, Math.min(hits.length - 1, (index < 0 && step > 0 ? (picked === null ? 0 : -1) : index) + step))]?.code ?? null)
    } else if (event.key === 'Enter' && !event.ctrlKey && shown !== null) {
      event.preventDefault()
      void chooseShown()
    } else if (event.key === 'Escape' && query !== '') {
      event.preventDefault()
      search('')
    }
  }
  return (
    <div className="procs grow">
      <div className="main">
        <section className="card" style={{ padding: '12px 14px 10px' }}>
          <div className="search big" role="search">
            <IconSearch className="i" aria-hidden />
            <input
              name="procedure" value={query} aria-label={t('procedure.search')} placeholder={t('procedure.placeholder')} autoComplete="off" spellCheck={false} role="combobox"
              aria-expanded={hits.length > 0} aria-controls="procedure-hits" aria-activedescendant={shown === null ? undefined : `hit-${shown}`} ref={field}
              onChange={(event) => search(event.target.value)} onKeyDown={press}
            />
            {query !== '' && <span className="s t2 row" style={{ gap: 4 }}><KeyCaps keys="Escape" /> {t('procedure.clear')}</span>}
          </div>
          <div className="row wrap s chips" role="group" aria-label={t('procedure.lifeEvents')}>
            {(allEvents ? data?.lifeEvents : data?.lifeEvents.slice(0, FEW_EVENTS))?.map((event) => (
              <button key={event} type="button" className="chip" aria-pressed={event === lifeEvent} onClick={() => { setLifeEvent(event === lifeEvent ? null : event); setPicked(null) }}>{event}</button>
            ))}
            {data && data.lifeEvents.length > FEW_EVENTS && <button type="button" className="chip more" aria-expanded={allEvents} onClick={() => setAllEvents(!allEvents)}>{t(allEvents ? 'procedure.fewerEvents' : 'procedure.moreEvents')}</button>}
          </div>
        </section>
        <section className="card fill" aria-label={t('procedure.hits')}>
          <div className="hd"><span className="m t2 grow" role="status"><b>{t('procedure.count', { count: hits.length })}</b> {t('procedure.of', { total: data?.total ?? 0 })}</span><button type="button" className="btn ghost sm" onClick={() => void askGuide()}><IconMessageQuestion className="i xs" aria-hidden />{t('procedure.byWords')}</button></div>
          <div className="scroll grow" id="procedure-hits" role="listbox" aria-label={t('procedure.hits')} tabIndex={-1}>
            {hits.map((hit, at) => <Hit key={hit.code} hit={hit} at={at} selected={hit.code === shown} chosen={hit.code === content.procedure?.code} onPick={() => setPicked(hit.code)} onChoose={() => void choose(hit.code)} />)}
            {data && hits.length === 0 && <Empty title={t('procedure.none', { query })}>{t('procedure.noneHelp')}</Empty>}
          </div>
        </section>
      </div>
      <div className="main">
        {shown !== null && <ProcedureAnswer key={shown} code={shown} hit={hits.find(({ code }) => code === shown)} settled={picked !== null || !isPlaceholderData} onChoose={(code) => void (code === shown ? chooseShown() : choose(code))} onAnswered={goOn} onDone={onDone} />}
      </div>
    </div>
  )
}

function useFocusOnce() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.closest('.steps') !== null) field.current?.focus()
  }, [])
  return field
}

type HitProps = Readonly<{ hit: ProcedureHit; at: number; selected: boolean; chosen: boolean; onPick: () => void; onChoose: () => void }>

function Hit({ hit, at, selected, chosen, onPick, onChoose }: HitProps): ReactNode {
  const { t } = useTranslation('intake')
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    <div ref={row} id={`hit-${hit.code}`} role="option" aria-selected={selected} className={`item hit ${selected ? 'sel' : ''}`} onClick={onPick} onDoubleClick={onChoose}>
      <span className="s t3 num at">{at + 1}</span>
      <div className="grow">
        <div className={selected ? 'w6' : 'w5'}>{hit.name}</div>
        <div className="row m t2" style={{ gap: 8, marginTop: 3 }}>
          <span className="num">{hit.code}</span>{hit.timeText !== null && <><span aria-hidden="true">·</span><span>{hit.timeText}</span></>}
          <span className="end row">{chosen && <span className="s c-acc w6">{t('procedure.isChosen')}</span>}<VerdictBadge verdict={hit.verdict} /></span>
        </div>
      </div>
    </div>
  )
}
