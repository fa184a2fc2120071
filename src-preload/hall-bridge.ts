import { contextBridge, ipcRenderer } from 'electron'
import type { HallBridge } from '@contract/bridge'
import type { HallWindow } from '@contract/hall'
import { linkToShell } from './page-link'

// The bridge of the windows that citizens see or touch: a port, and how to look. It can change nothing.

const shell = linkToShell(ipcRenderer)
const asked = new URLSearchParams(location.search)
const named = asked.get('window')

const bridge: HallBridge = {
  connect: () => shell.tell({ kind: 'connect' }),
  onCoreState: (listener) => shell.onCoreState(listener),
  window: (['board', 'kiosk', 'helper'] as const satisfies readonly HallWindow[]).find((known) => known === named) ?? 'display',
  practice: asked.get('mode') === 'practice',
  language: asked.get('language') === 'en' ? 'en' : 'vi',
}
contextBridge.exposeInMainWorld('motcuaHall', bridge)
