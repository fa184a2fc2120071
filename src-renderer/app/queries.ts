import { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@contract/calls-live'
import { api } from './api'

/** Local data: always fresh enough, asked again when the core says that something changed. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: false, networkMode: 'always' }, mutations: { retry: false, networkMode: 'always' } },
})

/** The keys of everything a screen asks for; the first part is what a live event makes stale. */
export const keys = {
  gate: ['session', 'gate'],
  session: ['session', 'me'],
  settings: ['settings'],
  syncStatus: ['sync', 'status'],
  outbox: (filter: 'open' | 'all') => ['sync', 'outbox', filter],
  submission: (id: string) => ['sync', 'submission', id],
  today: ['dossier', 'today'],
  dossiers: (filter: unknown) => ['dossier', 'list', filter],
  dossier: (id: string) => ['dossier', 'one', id],
  search: (query: string) => ['dossier', 'search', query],
  drafts: ['drafts'],
  procedures: (input: unknown) => ['procedures', input],
  procedure: (code: string, version: string) => ['procedure', code, version],
  accounts: ['session', 'accounts'],
  about: ['about'],
  readers: ['readers'],
  codeReaders: ['code-readers'],
  cardDoubts: (draftId: string) => ['card-doubts', draftId],
  pages: (draftId: string) => ['pages', draftId],
  proposals: (draftId: string) => ['pages', draftId, 'proposals'],
  trust: ['trust'],
  queue: ['queue', 'state'],
  ticketOf: (draftId: string) => ['queue', 'of-draft', draftId],
  display: ['display', 'state'],
  confirmation: (draftId: string) => ['display', 'confirmation', draftId],
  hall: ['hall'],
  assisted: ['assisted', 'waiting'],
  assistedOf: (draftId: string) => ['assisted', 'of', draftId],
  feedbackList: (which: string) => ['feedback', 'list', which],
  feedbackOne: (id: string) => ['feedback', 'one', id],
  rated: (dossierId: string) => ['feedback', 'rated', dossierId],
  satisfaction: (from: string, to: string) => ['feedback', 'satisfaction', from, to],
  themes: (from: string, to: string) => ['feedback', 'themes', from, to],
  wall: ['figures', 'wall'],
  quality: (from: string, to: string) => ['figures', 'quality', from, to],
  tokens: ['tokens'],
  issuanceProviders: ['issuance', 'providers'],
  issuances: (which: string) => ['issuance', 'list', which],
  issuanceOne: (id: string) => ['issuance', 'one', id],
  issuanceCount: ['issuance', 'count'],
  signingJobs: ['signing', 'jobs'],
  signatures: (target: string) => ['signing', 'report', target],
  signedBadges: (draftId: string) => ['signing', 'badges', draftId],
  anchors: ['signing', 'anchors'],
  acts: (dossierId: string) => ['dossier', 'acts', dossierId],
  dueSoon: (days: number) => ['dossier', 'due-soon', days],
  grounds: ['grounds'],
  fees: (dossierId: string) => ['dossier', 'fees', dossierId],
  shift: ['fees', 'shift'],
  cashCounts: ['fees', 'counts'],
  resultsWaiting: (delivery: string) => ['dossier', 'results', delivery],
  resultDesk: (dossierId: string) => ['dossier', 'result-desk', dossierId],
  report: (wish: unknown) => ['reports', 'sheet', wish],
  reportCharts: (period: unknown) => ['reports', 'charts', period],
  reportsDue: ['reports', 'due'],
  reportsMade: ['reports', 'made'],
  printLog: ['printing', 'log'],
  forms: ['forms'],
  form: (form: string) => ['forms', form],
  checks: (of: { draftId: string } | { dossierId: string }) => ['checks', of],
} as const

const STALE: Readonly<Record<LiveEvent['kind'], readonly (readonly string[])[]>> = {
  sync: [['sync'], ['figures', 'wall']],
  dossier: [['dossier'], ['known'], ['sync'], ['figures', 'wall']],
  drafts: [['drafts'], ['dossier', 'today']],
  session: [['session']],
  settings: [['settings'], ['session', 'gate']],
  readers: [['readers']],
  'code-readers': [['code-readers']],
  pages: [['pages']],
  queue: [['queue'], ['figures', 'wall']],
  display: [['display']],
  hall: [['hall']],
  feedback: [['feedback'], ['figures', 'wall']],
  assisted: [['assisted'], ['drafts']],
  signing: [['tokens'], ['issuance'], ['signing']],
  printing: [['printing']],
  reports: [['reports', 'due'], ['reports', 'made']],
  fees: [['fees'], ['dossier', 'fees']],
  'status-from-city': [['dossier'], ['sync']],
}

/** Follows the core's news until the window closes; begins again after a restart of the core. */
export async function followNews(onNews: (event: LiveEvent) => void): Promise<never> {
  for (;;) {
    try {
      for await (const event of await api.live.events()) {
        for (const queryKey of STALE[event.kind]) void queryClient.invalidateQueries({ queryKey })
        onNews(event)
      }
    } catch {
      // The core went away: the next call waits for its new port.
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    void queryClient.invalidateQueries()
  }
}
