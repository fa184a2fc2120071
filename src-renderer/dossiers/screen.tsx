import { IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { DossierId } from '@contract/ids'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useSettings } from '../app/session'
import { FeeCard } from '../fees/fee-card'
import { Button, Card, FailureNote, Loading, ProblemNote, useAnnounce } from '../parts'
import { RatingCard } from '../show/rating-card'
import { useDisplay, useDisplayActs } from '../show/use-display'
import { Head } from './head'
import { MoveBar } from './move-bar'
import { PaperList } from './paper-list'
import { papersOf, unfiledOf } from './papers'
import { DossierFacts } from './person-facts'
import { Preview } from './preview'
import { Returned } from './returned'
import { Timeline } from './timeline'
import { usePrinting } from './use-printing'
import { useReveal } from './use-reveal'
import './dossier.css'

/** One dossier: history and papers, the paper large, the facts, and what can be done now. */
export function DossierScreen(): ReactNode {
  const { dossierId } = useParams({ from: '/dossiers/$dossierId' })
  const id = DossierId.safeParse(dossierId)
  return id.success ? <Asked key={id.data} id={id.data} /> : <NotHere><ProblemNote problem={{ code: 'HS-004', params: {} }} /></NotHere>
}

function Asked({ id }: { id: DossierId }): ReactNode {
  const { data, error } = useQuery({ queryKey: keys.dossier(id), queryFn: () => api.dossiers.get({ dossierId: id }) })
  if (data) return <Dossier dossier={data} />
  return error === null ? <main className="work"><Loading /></main> : <NotHere><FailureNote error={error} /></NotHere>
}

function NotHere({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation('dossier')
  const navigate = useNavigate()
  return (
    <main className="work"><div className="main" style={{ maxWidth: 760 }}>
      <h1>{t('title')}</h1>
      {children}
      <div><Button onPress={() => void navigate({ to: '/dossiers' })}>{t('toList')}</Button></div>
    </div></main>
  )
}

/** Đã trả kết quả (`domain.md` §4.1): the errand ends here, and the citizen is asked how it was. */
const HANDED_OVER = 10

function Dossier({ dossier }: { dossier: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const { say } = useAnnounce()
  const title = useRef<HTMLHeadingElement>(null)
  const { data: settings } = useSettings()
  const reveal = useReveal(dossier.id)
  const printing = usePrinting(dossier)
  const { data: acts, error: actsError } = useQuery({ queryKey: keys.acts(dossier.id), queryFn: () => api.handling.acts({ dossierId: dossier.id }) })
  const { act: asked } = useSearch({ from: '/dossiers/$dossierId' })
  const papers = papersOf(dossier, acts?.forms)
  const [chosen, setChosen] = useState('')
  const paper = papers.find(({ id }) => id === chosen) ?? papers[0]
  const display = useDisplay()
  const show = useDisplayActs()
  const moved = ({ state }: DossierView): void => {
    if (state === HANDED_OVER && display?.attached === true && settings?.hall.askRating === true) show.show({ kind: 'rating', dossierId: dossier.id })
    say(t('moved', { state: t(`state.${String(state)}`, { ns: 'common' }) }))
    // After the dialog has handed the focus back to a button that may be gone.
    setTimeout(() => title.current?.focus(), 80)
  }
  return (
    <main className="work dossier">
      <div className="top-rows">
        <Head dossier={dossier} reveal={reveal} printing={printing} titleRef={title} />
        <Returned dossier={dossier} />
        <FailureNote error={reveal.error ?? actsError} />
        <FailureNote error={printing.error}><Button small onPress={printing.save}>{t('savePdf')}</Button></FailureNote>
      </div>
      <section className="card main left" aria-label={t('timeline.title')}>
        <Timeline dossier={dossier} />
        <PaperList papers={papers} unfiled={unfiledOf(dossier)} current={paper?.id ?? ''} onChoose={setChosen} />
      </section>
      {paper && <Preview key={paper.id} dossierId={dossier.id} paper={paper} sheet={settings?.printing.receipt.paper ?? 'A5'} />}
      <aside className="aside">
        <Card title={t('facts.applicant')} icon={IconUser} fill aside={reveal.view !== null && <span className="s c-warn w6" role="status">{t('hidesSoon')}</span>}>
          <DossierFacts view={reveal.view === null ? dossier : { ...dossier, applicant: reveal.view.applicant, owner: reveal.view.owner }} />
        </Card>
        <FeeCard dossier={dossier} />
        {dossier.state === HANDED_OVER && <RatingCard dossier={dossier} />}
      </aside>
      <MoveBar key={asked ?? ''} dossier={dossier} acts={acts} first={asked === undefined ? null : { kind: 'act', act: asked }} onMoved={moved} />
    </main>
  )
}
