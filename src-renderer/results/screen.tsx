import { IconMailForward } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { DossierId } from '@contract/ids'
import { api, problemOf } from '../app/api'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { dossierOf } from '../codes/dossier-of'
import { useDossierTaker } from '../codes/router'
import { Empty, FailureNote, Loading, useAnnounce } from '../parts'
import { useDisplay } from '../show/use-display'
import { ResultDeskView } from './desk'
import { ReturnedView } from './returned'
import { Waiting } from './waiting'
import './results.css'

/** Results that wait, and the one that is being handed over. */
export function ResultsScreen(): ReactNode {
  const { t } = useTranslation('results')
  const mayReceive = useMay('receive')
  if (!mayReceive) return <main className="work"><div className="main"><h1>{t('title')}</h1><Empty title={t('notYours')}>{t('notYoursHelp')}</Empty></div></main>
  return <Results />
}

function Results(): ReactNode {
  const { t } = useTranslation('results')
  const { say, toast } = useAnnounce()
  const navigate = useNavigate()
  const { dossier } = useSearch({ from: '/results' })
  const chosen = DossierId.safeParse(dossier)
  const choose = useCallback((id: DossierId | null): void => void navigate({ to: '/results', search: id === null ? {} : { dossier: id }, replace: true }), [navigate])
  const open = async (code: string): Promise<void> => {
    try {
      const found = dossierOf(await api.results.find({ query: code }), code)
      if (found === null) return toast(t('noDossier', { code }))
      say(t('opened', { code: found.code }))
      choose(found.id)
    } catch (error) {
      const { code: of, params } = problemOf(error)
      toast(t(`${of}.what`, { ns: 'errors', reference: '–', ...params }))
    }
  }
  useDossierTaker((code) => void open(code))
  return (
    <main className="work results">
      <Waiting current={chosen.success ? chosen.data : null} onChoose={choose} />
      {chosen.success ? <Chosen key={chosen.data} id={chosen.data} onNext={() => choose(null)} /> : (
        <section className="card nobody"><Empty title={t('nobody')} icon={IconMailForward}>{t('nobodyHelp')}</Empty></section>
      )}
    </main>
  )
}

function Chosen({ id, onNext }: { id: DossierId; onNext: () => void }): ReactNode {
  const display = useDisplay()
  // What was signed on the display is news of the display, not of the dossier.
  const { data, error } = useQuery({
    queryKey: [...keys.resultDesk(id), display?.answer?.at ?? null], queryFn: () => api.results.desk({ dossierId: id }), placeholderData: (before) => before, enabled: display !== undefined,
  })
  if (!data || !display) return <div className="main">{error === null ? <Loading /> : <FailureNote error={error} />}</div>
  return data.bars.some(({ code }) => code === 'KQ-004') ? <ReturnedView desk={data} onNext={onNext} /> : <ResultDeskView desk={data} display={display} />
}
