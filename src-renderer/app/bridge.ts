import type { Bridge } from '@contract/bridge'
import { PORT_MESSAGE } from '@contract/bridge-names'
import { takePort } from './api'

/** The window's bridge to the shell; absent only when the page is looked at outside the app. */
export const bridge: Bridge | undefined = window.motcua

/** Takes every port to the core that the shell hands over, now and after each restart of the core. */
export function listenForPorts(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data, ports: [port], origin } = event
    const ours = typeof data === 'object' && data !== null && 'kind' in data && data.kind === PORT_MESSAGE
    if (ours && port && origin === location.origin) takePort(port)
  })
  bridge?.connect()
}
