import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CodeSource } from '@contract/code-readers'
import { SlipToken } from '@contract/feedback'
import type { DossierId } from '@contract/ids'
import { TicketId } from '@contract/queue'
import { judgeReader, type ReaderReport, SAMPLE_DOSSIER_CODE } from '@contract/reader-test'
import { api, problemOf } from '../app/api'
import { useMay } from '../app/session'
import { useAnnounce } from '../parts'
import type { SearchDoor, Takers } from './desk'
import { dossierOf } from './dossier-of'
import { isTyping } from './listen'
import { ticketScan } from './ticket-scan'

/** The sheet that readers are tried with, as it came last. */
export type Tried = Readonly<{ report: ReaderReport; source: CodeSource; at: Date }>
/** What a rating slip is for: nothing in it says whose. */
export type SlipInHand = Readonly<{ dossierId: DossierId; subject: string }>

/** Where the screens find what was scanned. */
export type Arrivals = Readonly<{ tried(tried: Tried): void; point(ticket: TicketId): void; rate(slip: SlipInHand): void; report(digest: string): void; search: SearchDoor }>

/** What happens with codes that no screen takes. */
export function useElsewhere({ tried, point, rate, report, search }: Arrivals): Takers {
  const { t } = useTranslation('codes')
  const seesReports = useMay('supervise')
  const navigate = useNavigate()
  const { say, toast } = useAnnounce()
  const seek = (text: string) => ({ label: t('route.search'), run: () => void search.seek(text) })
  const tell = (error: unknown, act?: ReturnType<typeof seek>): void => {
    const { code, params } = problemOf(error)
    toast(t(`${code}.what`, { ns: 'errors', reference: '–', ...params }), act)
  }
  const openDossier = async (code: string): Promise<void> => {
    if (code === SAMPLE_DOSSIER_CODE) return toast(t('route.sample'))
    try {
      const found = dossierOf(await api.dossiers.search({ query: code, limit: 5 }), code)
      if (found === null) return toast(t('route.noDossier', { code }), seek(code))
      say(t('route.opened', { code: found.code }))
      await navigate({ to: '/dossiers/$dossierId', params: { dossierId: found.id } })
    } catch (error) {
      tell(error, seek(code))
    }
  }
  const chooseTicket = async (id: string): Promise<void> => {
    const ticket = TicketId.parse(id)
    try {
      const { say: words, choose, label, counter } = ticketScan(await api.queue.look({ ticket }))
      toast(t(`ticket.${words}`, { label, counter }))
      if (!choose) return
      point(ticket)
      await navigate({ to: '/' })
    } catch (error) {
      tell(error)
    }
  }
  const takeSlip = async (token: string): Promise<void> => {
    try {
      const { dossierId, subject, rated } = await api.feedback.ofSlip({ slip: SlipToken.parse(token) })
      if (rated) toast(t('slip.used'))
      else rate({ dossierId, subject })
    } catch (error) {
      tell(error)
    }
  }
  return {
    card: ({ text }) => void navigate({ to: '/intake', search: { card: text } }),
    dossier: ({ code }) => void openDossier(code),
    separator: () => toast(t('route.separator')),
    procedure: ({ code }) => void navigate({ to: '/guide', search: { q: code } }),
    ticket: ({ ticket }) => void chooseTicket(ticket),
    'rating-slip': ({ token }) => void takeSlip(token),
    report: ({ digest }) => {
      if (!seesReports) return toast(t('route.report'))
      report(digest)
      void navigate({ to: '/reports' })
    },
    'self-test': ({ text }, { source, inputMethod }) => {
      tried({ report: judgeReader(text, source, inputMethod), source, at: new Date() })
      void navigate({ to: '/settings', hash: 'codes' })
    },
    unknown: ({ text }) => {
      if (text === '' || (!isTyping(document.activeElement) && search.seek(text))) return
      toast(t('route.unknown', { text }))
    },
  }
}
