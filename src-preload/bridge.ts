import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, Language, Theme } from '@contract/bridge'
import { linkToShell } from './page-link'

const shell = linkToShell(ipcRenderer)
const asked = new URLSearchParams(location.search)
const theme = (['light', 'dark'] as const).find((known) => known === asked.get('theme')) ?? ('system' satisfies Theme)
const language: Language = asked.get('language') === 'en' ? 'en' : 'vi'

const bridge: Bridge = {
  connect: () => shell.tell({ kind: 'connect' }),
  onCoreState: (listener) => shell.onCoreState(listener),
  togglePractice: () => shell.tell({ kind: 'toggle-practice' }),
  prefer: (choice) => shell.tell({ kind: 'prefer', ...choice }),
  covered: (covered) => shell.tell({ kind: 'covered', covered }),
  practice: asked.get('mode') === 'practice',
  expects: (['locked', 'practice'] as const).find((known) => known === asked.get('expects')) ?? 'anything',
  theme,
  language,
  camera: asked.get('camera'),
  platform: process.platform,
  versions: { electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node },
}
contextBridge.exposeInMainWorld('motcua', bridge)
