import './guide.css'
import { IconArrowBackUp, IconBooks, IconMessageQuestion, IconSearch } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_WORDS } from '@contract/guide'
import { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys } from '../app/queries'
import { useSettings } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { Button, Empty, FailureNote, KeyCaps, useAnnounce } from '../parts'
import { bindMine } from '../queue/bind'
import { Answer } from './answer'
import { Hits } from './hits'
import { ProcedureTabs } from './tabs'
import { type Choice, type Guidance, useGuidance } from './use-guide'

/** Life events shown at first: two lines of them. */
const FEW_EVENTS = 7
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** What the citizen says, in: which procedure, where, with what; and the intake from there. */
export function GuideScreen(): ReactNode {
  const { q, draft } = useSearch({ from: '/guide' })
  // A leaflet that is scanned while the guide is open begins anew.
  return <Guide key={`${q ?? ''} ${draft ?? ''}`} words={q ?? ''} draftId={DraftId.safeParse(draft).data ?? null} />
}

function Guide({ words, draftId }: Readonly<{ words: string; draftId: DraftId | null }>): ReactNode {
  const { t } = useTranslation('guide')
  const guidance = useGuidance(words, draftId)
  const { print, begin, error } = useActs()
  const { answer, hit } = guidance
  return (
    <main className="work">
      <div className="main">
        <div className="pagehd"><h1 className="sr">{t('title')}</h1><ProcedureTabs />{draftId !== null && <InHand draftId={draftId} />}</div>
        <FailureNote error={error ?? guidance.error} />
        <div className="gprocs">
          <div className="main">
            <Ask guidance={guidance} />
            <section className="card fill" aria-label={t('hits')}>
              <div className="hd"><span className="m t2" role="status">{headline(guidance, t)}</span></div>
              {answer && answer.hits.length > 0 && <Hits hits={answer.hits} shown={hit} onPick={guidance.pick} />}
              {answer?.hits.length === 0 && guidance.fresh && <Nothing words={guidance.words} onWords={guidance.type} />}
              {!answer && <HowTo />}
            </section>
          </div>
          <div className="main">
            {answer && hit
              ? <Answer guidance={guidance} answer={answer} hit={hit} onPrint={print.mutate} printing={print.isPending} onBegin={begin.mutate} beginning={begin.isPending} />
              : <section className="card fill" aria-label={t('answer')}><div className="grow"><Empty title={t('wait')} icon={IconMessageQuestion}>{t('waitWords')}</Empty></div></section>}
          </div>
        </div>
      </div>
    </main>
  )
}

function headline({ answer }: Guidance, t: TFunction<'guide'>): string {
  if (!answer) return t('askFirst')
  if (answer.hits.length === 0) return t('none')
  return answer.clear && !answer.questions.some(({ needed }) => needed) ? t('clear', { count: answer.hits.length }) : t('guess', { count: answer.hits.length })
}

/** Prints the leaflet; begins the intake with what was chosen. */
function useActs() {
  const { t } = useTranslation('guide')
  const { toast } = useAnnounce()
  const navigate = useNavigate()
  const { data: settings } = useSettings()
  const print = useMutation({
    mutationFn: (code: string) => api.guide.printLeaflet({ code, language: currentLanguage(), paper: settings?.printing.receipt.paper ?? 'A5' }),
    onSuccess: ({ outcome }) => { if (outcome === 'printed') toast(t('printed')) },
  })
  const begin = useMutation({
    mutationFn: async (choice: Choice) => {
      const { draftId } = await api.guide.begin(choice)
      if (choice.draftId === null) void bindMine(draftId)
      return draftId
    },
    onSuccess: (draftId) => navigate({ to: '/intake/$draftId', params: { draftId } }),
  })
  return { print, begin, error: print.error ?? begin.error }
}

/** The citizen's words. Down and up go through the answers, Enter goes to what is to be asked or done. */
function Ask({ guidance }: { guidance: Guidance }): ReactNode {
  const { t } = useTranslation('guide')
  const field = useRef<HTMLInputElement>(null)
  const { data } = useQuery({ queryKey: keys.procedures({ query: '', limit: 1 }), queryFn: () => api.procedures.search({ query: '', limit: 1 }) })
  const [all, setAll] = useState(false)
  const { words, answer, hit, type, pick } = guidance
  useEffect(() => field.current?.focus(), [])
  useShortcut('Alt+P', t('words'), () => field.current?.select())
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    const hits = answer?.hits ?? []
    if (step !== undefined && hits.length > 0) {
      event.preventDefault()
      const at = hits.findIndex(({ target }) => target === hit?.target)
      pick(hits[Math.max(0, Math.min(hits.length - 1, at + step))]?.target ?? '')
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      toAnswer()
    } else if (event.key === 'Escape' && words !== '') {
      event.preventDefault()
      type('')
    }
  }
  return (
    <section className="card" style={{ padding: '12px 14px 10px' }}>
      <div className="search gsearch" role="search">
        <IconSearch className="i" aria-hidden />
        <input
          ref={field} value={words} maxLength={MAX_WORDS} aria-label={t('words')} placeholder={t('placeholder')} autoComplete="off" spellCheck={false} role="combobox" aria-keyshortcuts="Alt+P"
          aria-expanded={(answer?.hits.length ?? 0) > 0} aria-controls="guide-hits" aria-activedescendant={hit ? `guide-${hit.target}` : undefined}
          onChange={(event) => type(event.target.value)} onKeyDown={press}
        />
        {words !== '' && <span className="s t2 row" style={{ gap: 4 }}><KeyCaps keys="Escape" /> {t('clearWords')}</span>}
      </div>
      <div className="row wrap s gchips" role="group" aria-label={t('lifeEvents')}>
        {(all ? data?.lifeEvents : data?.lifeEvents.slice(0, FEW_EVENTS))?.map((event) => <button key={event} type="button" className="gchip" aria-pressed={event === words} onClick={() => type(event === words ? '' : event)}>{event}</button>)}
        {data && data.lifeEvents.length > FEW_EVENTS && <button type="button" className="gchip more" aria-expanded={all} onClick={() => setAll(!all)}>{t(all ? 'fewerEvents' : 'moreEvents')}</button>}
      </div>
    </section>
  )
}

/** To the first question of the answer, else to what can be done with it. */
function toAnswer(): void {
  const place = ['.ways [name="guide.fork"]', '.gquestions [name="guide.question"]', '.ginner .btn.pri', '.ginner .btn'].map((name) => document.querySelector<HTMLElement>(name)).find((found) => found !== null)
  place?.focus()
}

function Nothing({ words, onWords }: Readonly<{ words: string; onWords: (words: string) => void }>): ReactNode {
  const { t } = useTranslation('guide')
  const navigate = useNavigate()
  const clear = (): void => {
    onWords('')
    document.querySelector<HTMLElement>('.gsearch input')?.focus()
  }
  return (
    <Empty title={t('nothing', { words: words.trim() })} actions={<><Button small onPress={clear} caps="Escape">{t('again')}</Button><Button small icon={IconBooks} onPress={() => void navigate({ to: '/catalogue' })} caps="Alt+9">{t('toCatalogue')}</Button></>}>
      <p>{t('nothingWords')}</p><ul className="asks">{['who', 'paper', 'purpose'].map((ask) => <li key={ask}>{t(`nothingAsk.${ask}`)}</li>)}</ul>
    </Empty>
  )
}

function HowTo(): ReactNode {
  const { t } = useTranslation('guide')
  return <div className="ghow t2 m"><p>{t('how')}</p><ul className="asks">{['lost', 'born', 'sell'].map((example) => <li key={example}>{t(`example.${example}`)}</li>)}</ul></div>
}

/** The draft that the guide was opened from. */
function InHand({ draftId }: { draftId: DraftId }): ReactNode {
  const { t } = useTranslation('guide')
  const navigate = useNavigate()
  const { data } = useQuery({ queryKey: ['having', draftId], queryFn: () => api.intake.open({ draftId }), staleTime: 0 })
  const name = data?.content.applicant.fullName ?? ''
  return (
    <span className="end row">
      <span className="t2">{name === '' ? t('inHandNobody') : t('inHand', { name })}</span>
      <Button small icon={IconArrowBackUp} onPress={() => void navigate({ to: '/intake/$draftId', params: { draftId } })}>{t('back')}</Button>
    </span>
  )
}
