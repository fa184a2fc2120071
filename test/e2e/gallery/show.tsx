import '@mantine/core/styles.layer.css'
import '../../../src-renderer/app/fonts.css'
import '../../../src-renderer/app/tokens.css'
import '../../../src-renderer/app/base.css'
import '../../../src-renderer/frame/frame.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { type ComponentType, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import type { Bridge } from '@contract/bridge'
import { listenForPorts } from '../../../src-renderer/app/bridge'
import { startWords } from '../../../src-renderer/app/i18n'
import { queryClient } from '../../../src-renderer/app/queries'
import { ShortcutProvider } from '../../../src-renderer/app/shortcuts'
import { cssVariablesResolver, theme } from '../../../src-renderer/app/theme'
import { Frame } from '../../../src-renderer/frame/frame'
import { AnnounceProvider } from '../../../src-renderer/parts'
import { EmptyView } from './empty'
import { FieldsView } from './fields'
import { ListView } from './list'
import { PartsView } from './parts'
import { ProblemView } from './problem'

const VIEWS: Readonly<Record<string, ComponentType>> = { parts: PartsView, problem: ProblemView, empty: EmptyView, fields: FieldsView, list: ListView }

/** The frame around one sheet of parts. */
export async function show(view: string, bridge: Bridge): Promise<void> {
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no root')
  if (bridge.practice) document.documentElement.dataset['mode'] = 'practice'
  listenForPorts()
  await startWords(bridge.language)
  const root = createRootRoute({ component: Frame })
  const sheet = createRoute({ getParentRoute: () => root, path: '/', component: () => createElement(VIEWS[view] ?? PartsView) })
  const router = createRouter({ routeTree: root.addChildren([sheet]), history: createMemoryHistory({ initialEntries: ['/'] }) })
  createRoot(place).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={bridge.theme === 'dark' ? 'dark' : 'light'}>
      <QueryClientProvider client={queryClient}>
        <ShortcutProvider>
          <AnnounceProvider>
            <RouterProvider router={router} />
          </AnnounceProvider>
        </ShortcutProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
}
