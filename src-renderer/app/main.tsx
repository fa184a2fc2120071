// Only the sheets of what is used: the library's whole sheet is 200 kB that every start would parse.
import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/default-css-variables.layer.css'
import '@mantine/core/styles/global.layer.css'
import './fonts.css'
import './tokens.css'
import './base.css'
import '../frame/frame.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { AnnounceProvider } from '../parts'
import { bridge, listenForPorts } from './bridge'
import { Door } from './door'
import { startWords } from './i18n'
import { queryClient } from './queries'
import { ShortcutProvider } from './shortcuts'
import { cssVariablesResolver, theme } from './theme'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const place = document.getElementById('root')
if (!place) throw new Error('the page has no root')
if (bridge?.practice === true) document.documentElement.dataset['mode'] = 'practice'

listenForPorts()
await startWords(bridge?.language ?? 'vi')
const scheme = bridge?.theme === 'light' || bridge?.theme === 'dark' ? bridge.theme : 'auto'

createRoot(place).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme={scheme} getStyleNonce={() => nonce}>
    <QueryClientProvider client={queryClient}>
      <ShortcutProvider>
        <AnnounceProvider>
          <Door />
        </AnnounceProvider>
      </ShortcutProvider>
    </QueryClientProvider>
  </MantineProvider>,
)
