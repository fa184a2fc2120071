import { serveDriver } from './driver/serve'

/**
 * The process in which one vendor's driver lives, and nothing else: it may hang, crash or be killed. Under Electron it is a utility
 * process of the shell and talks with the core over the port that comes with the first message; under plain Node it is a child.
 */

/** Electron's `MessagePortMain`, named by what we use of it. */
type Port = Readonly<{ postMessage(message: unknown): void; on(event: 'message', listener: (event: { data: unknown }) => void): unknown; on(event: 'close', listener: () => void): unknown; start(): void }>
type ParentPort = Readonly<{ once(event: 'message', listener: (event: { ports: readonly Port[] }) => void): unknown }>

const end = (): void => void setImmediate(() => process.exit(0))

function parentPort(): ParentPort | null {
  const found: unknown = Reflect.get(process, 'parentPort')
  // Electron documents its form.
  return typeof found === 'object' && found !== null && 'once' in found ? (found as ParentPort) : null
}

function serveShell(parent: ParentPort): void {
  parent.once('message', ({ ports: [port] }) => {
    if (!port) return end()
    const hear = serveDriver((message) => port.postMessage(message), end)
    port.on('message', ({ data }) => hear(data))
    // The core is gone.
    port.on('close', end)
    port.start()
  })
}

function serveParent(): void {
  const hear = serveDriver((message) => void process.send?.(message), end)
  process.on('message', hear)
  process.on('disconnect', end)
}

const parent = parentPort()
if (parent) serveShell(parent)
else serveParent()
