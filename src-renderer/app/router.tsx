import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { Frame } from '../frame/frame'
import { ScreenFault } from './screen-fault'

const root = createRootRoute({ component: Frame })

const today = createRoute({ getParentRoute: () => root, path: '/', component: lazyRouteComponent(() => import('../today/screen'), 'TodayScreen') })
const intake = createRoute({ getParentRoute: () => root, path: '/intake', validateSearch: z.object({ card: z.string().max(10_000).optional() }), component: lazyRouteComponent(() => import('../intake/start'), 'IntakeStart') })
const draft = createRoute({ getParentRoute: () => root, path: '/intake/$draftId', component: lazyRouteComponent(() => import('../intake/screen'), 'IntakeScreen') })
const dossiers = createRoute({ getParentRoute: () => root, path: '/dossiers', component: lazyRouteComponent(() => import('../dossiers/list'), 'DossiersScreen') })
const dossier = createRoute({ getParentRoute: () => root, path: '/dossiers/$dossierId', validateSearch: z.object({ act: z.enum(['supplement', 'refusal', 'extension', 'stop', 'handover', 'completed', 'result-ready']).optional().catch(undefined) }), component: lazyRouteComponent(() => import('../dossiers/screen'), 'DossierScreen') })
const dueSoon = createRoute({ getParentRoute: () => root, path: '/dossiers/due-soon', component: lazyRouteComponent(() => import('../dossiers/due-soon'), 'DueSoonScreen') })
const results = createRoute({ getParentRoute: () => root, path: '/results', validateSearch: z.object({ dossier: z.string().max(60).optional().catch(undefined) }), component: lazyRouteComponent(() => import('../results/screen'), 'ResultsScreen') })
const outbox = createRoute({ getParentRoute: () => root, path: '/outbox', component: lazyRouteComponent(() => import('../outbox/screen'), 'OutboxScreen') })
const catalogue = createRoute({ getParentRoute: () => root, path: '/catalogue', component: lazyRouteComponent(() => import('../catalogue/screen'), 'CatalogueScreen') })
const guide = createRoute({ getParentRoute: () => root, path: '/guide', validateSearch: z.object({ q: z.string().max(300).optional(), draft: z.string().max(60).optional() }), component: lazyRouteComponent(() => import('../guide/screen'), 'GuideScreen') })
const reports = createRoute({ getParentRoute: () => root, path: '/reports', component: lazyRouteComponent(() => import('../reports/screen'), 'ReportsScreen') })
const wall = createRoute({ getParentRoute: () => root, path: '/wall', component: lazyRouteComponent(() => import('../wall/screen'), 'WallScreen') })
const feedback = createRoute({ getParentRoute: () => root, path: '/feedback', component: lazyRouteComponent(() => import('../feedback/screen'), 'FeedbackScreen') })
const signing = createRoute({ getParentRoute: () => root, path: '/signing', component: lazyRouteComponent(() => import('../signing/screen'), 'SigningScreen') })
const tokens = createRoute({ getParentRoute: () => root, path: '/signing/tokens', component: lazyRouteComponent(() => import('../signing/tokens'), 'TokensScreen') })
const signatureCheck = createRoute({ getParentRoute: () => root, path: '/signing/check', component: lazyRouteComponent(() => import('../signing/check'), 'CheckScreen') })
const issue = createRoute({ getParentRoute: () => root, path: '/signing/$issuanceId', component: lazyRouteComponent(() => import('../signing/issue'), 'IssueScreen') })
const wording = createRoute({ getParentRoute: () => root, path: '/settings/forms/$form', component: lazyRouteComponent(() => import('../settings/wordings-screen'), 'WordingScreen') })
const cash = createRoute({ getParentRoute: () => root, path: '/cash', component: lazyRouteComponent(() => import('../fees/cash-screen'), 'CashScreen') })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: lazyRouteComponent(() => import('../settings/screen'), 'SettingsScreen') })

/** Addresses stay inside the window: they are kept after the # so that the app's own protocol serves one page only. */
export const router = createRouter({
  routeTree: root.addChildren([cash, today, intake, draft, dossiers, dueSoon, dossier, results, outbox, reports, wall, guide, catalogue, feedback, signing, tokens, signatureCheck, issue, wording, settings]),
  history: createHashHistory(),
  defaultPreload: false,
  defaultErrorComponent: ScreenFault,
})

/** The screens behind the door. */
export function Inside(): ReactNode {
  return <RouterProvider router={router} />
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
