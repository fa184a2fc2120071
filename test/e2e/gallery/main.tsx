import type { Bridge } from '@contract/bridge'
import { PORT_MESSAGE } from '@contract/bridge-names'
import { fakeCore } from './fake-core'

/**
 * The window in a plain browser, with an invented core: `?view=parts|problem|empty|fields|list|sign-in|lock|app`, `&theme=dark`, `&practice`, `&offline`, `&lang=en`.
 * For looking at while a part is being drawn; the tests of the real window are beside this folder.
 */
const asked = new URLSearchParams(location.search)
const view = asked.get('view') ?? 'parts'

const bridge: Bridge = {
  connect: () => {
    const { port1, port2 } = new MessageChannel()
    fakeCore(port1, { view, offline: asked.has('offline') })
    window.postMessage({ kind: PORT_MESSAGE }, location.origin, [port2])
  },
  onCoreState: (listener) => {
    listener('ready')
    return () => undefined
  },
  togglePractice: () => undefined,
  prefer: () => undefined,
  covered: () => undefined,
  practice: asked.has('practice'),
  expects: 'anything',
  theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
  language: asked.get('lang') === 'en' ? 'en' : 'vi',
  camera: null,
  platform: 'linux',
  versions: { electron: '', chrome: '', node: '' },
}
Object.defineProperty(window, 'motcua', { value: bridge })

if (['app', 'sign-in', 'lock'].includes(view)) await import('../../../src-renderer/app/main')
else await (await import('./show')).show(view, bridge)
