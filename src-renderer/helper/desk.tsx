import { IconArrowBackUp, IconClipboardPlus, IconFileText } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandedOver, HelperDraft, HelperDraftLine } from '@contract/assist'
import { formatDateTime } from '@contract/format'
import type { DraftId } from '@contract/ids'
import { core } from './client'
import { Consent } from './consent'
import { createErrand, type Errand } from './errand-store'
import { ErrandScreen } from './errand-screen'
import { Handed } from './handed'
import { type Problem, problemOf, ProblemNote } from './problem'
import { ErrandContext } from './use-errand'

type Place = Readonly<{ at: 'home' } | { at: 'consent' } | { at: 'errand'; errand: Errand } | { at: 'handed'; handed: HandedOver }>

/** A helper's drafts, one of them in hand, or a new one. `news` grows when the core says that drafts changed. */
export function Desk({ news }: { news: number }): ReactNode {
  const [place, setPlace] = useState<Place>({ at: 'home' })
  const [gone, setGone] = useState<DraftId | null>(null)
  const take = (draft: HelperDraft): void => {
    setGone(null)
    setPlace({ at: 'errand', errand: createErrand(draft, core) })
  }
  const home = useCallback(() => setPlace({ at: 'home' }), [])
  if (place.at === 'consent') return <Consent onAgreed={take} onBack={home} />
  if (place.at === 'handed') return <Handed handed={place.handed} onNext={home} />
  if (place.at === 'errand') {
    return (
      <ErrandContext value={place.errand}>
        <ErrandScreen onLeave={home} onDiscarded={(id) => { setGone(id); home() }} onHanded={(handed) => setPlace({ at: 'handed', handed })} />
      </ErrandContext>
    )
  }
  return <Home news={news} gone={gone} onBegin={() => setPlace({ at: 'consent' })} onOpen={take} />
}

type HomeProps = Readonly<{ news: number; gone: DraftId | null; onBegin: () => void; onOpen: (draft: HelperDraft) => void }>

function Home({ news, gone, onBegin, onOpen }: HomeProps): ReactNode {
  const { t } = useTranslation('helper')
  const [drafts, setDrafts] = useState<readonly HelperDraftLine[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const failed = useCallback((error: unknown) => setProblem(problemOf(error)), [])
  useEffect(() => void core.drafts().then(setDrafts, failed), [news, failed])
  useEffect(() => title.current?.focus(), [])
  const open = (draftId: DraftId): void => void core.open({ draftId }).then(onOpen, failed)
  return (
    <main className="helper">
      <div className="step-head"><h1 ref={title} tabIndex={-1}>{t('home.title')}</h1></div>
      <div className="scroll step-body">
        <ProblemNote problem={problem} />
        {drafts?.length === 0 && <div className="empty"><IconFileText className="i xl" aria-hidden /><p>{t('home.none')}</p></div>}
        <ul className="lines">
          {drafts?.map((draft) => (
            <li key={draft.id}>
              <button type="button" className="line" onClick={() => open(draft.id)}>
                <span className="grow"><b>{draft.applicantName === '' ? t('home.nobody') : draft.applicantName}</b><span className="t2">{draft.procedureName ?? t('home.noProcedure')}</span>
                  {draft.sentBackNote !== null && <span className="sent-back">{t('home.sentBack', { note: draft.sentBackNote })}</span>}</span>
                <span className="t2 num">{formatDateTime(new Date(draft.savedAt))}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="acts-bar">
        {gone === null
          ? <span className="grow t2 m">{t('home.help')}</span>
          : <span className="grow row"><span role="status">{t('home.discarded')}</span><button type="button" className="act" onClick={() => void core.restore({ draftId: gone }).then(onOpen, failed)}><IconArrowBackUp className="i" aria-hidden />{t('undo', { ns: 'common' })}</button></span>}
        <button type="button" className="act primary" onClick={onBegin}><IconClipboardPlus className="i" aria-hidden />{t('home.begin')}</button>
      </div>
    </main>
  )
}
