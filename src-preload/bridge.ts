import { contextBridge, ipcRenderer } from 'electron'
// Only names and types come from the contract: a preload that must load zod would delay every start. The shell checks what it receives.
import { CONNECT_CHANNEL, PORT_MESSAGE } from '@contract/bridge-names'
import type { Bridge, CoreState, FromShell, Language, Theme, ToShell } from '@contract/bridge'

const shell = new MessageChannel()
const listeners = new Set<(state: CoreState) => void>()
let lastState: CoreState = 'starting'

const tell = (message: ToShell): void => shell.port1.postMessage(message)

shell.port1.onmessage = (event: MessageEvent<FromShell>) => {
  const message = event.data
  const [port] = event.ports
  if (message.kind === 'core-port' && port) window.postMessage({ kind: PORT_MESSAGE }, location.origin, [port])
  if (message.kind !== 'core-state') return
  lastState = message.state
  for (const listener of listeners) listener(message.state)
}
ipcRenderer.postMessage(CONNECT_CHANNEL, null, [shell.port2])

const asked = new URLSearchParams(location.search)
const theme = (['light', 'dark'] as const).find((known) => known === asked.get('theme')) ?? ('system' satisfies Theme)
const language: Language = asked.get('language') === 'en' ? 'en' : 'vi'

const bridge: Bridge = {
  connect: () => tell({ kind: 'connect' }),
  onCoreState: (listener) => {
    listeners.add(listener)
    listener(lastState)
    return () => void listeners.delete(listener)
  },
  togglePractice: () => tell({ kind: 'toggle-practice' }),
  prefer: (choice) => tell({ kind: 'prefer', ...choice }),
  practice: asked.get('mode') === 'practice',
  expects: (['locked', 'practice'] as const).find((known) => known === asked.get('expects')) ?? 'anything',
  theme,
  language,
  camera: asked.get('camera'),
  platform: process.platform,
  versions: { electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node },
}
contextBridge.exposeInMainWorld('motcua', bridge)
