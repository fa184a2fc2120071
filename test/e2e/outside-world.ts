import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A foreign server on this machine that counts whatever reaches it. */
export interface OutsideWorld {
  readonly url: string
  readonly webSocketUrl: string
  readonly stunUrl: string
  /** Requests, upgrades and datagrams that arrived. */
  readonly arrived: readonly string[]
  close(): Promise<void>
}

export async function openOutsideWorld(): Promise<OutsideWorld> {
  const arrived: string[] = []
  const server = createServer((request, response) => {
    arrived.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('<h1>outside</h1>')
  })
  server.on('upgrade', (request, socket) => {
    arrived.push(`UPGRADE ${request.url ?? ''}`)
    socket.destroy()
  })
  const stun = createSocket('udp4').on('message', () => arrived.push('UDP'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => stun.bind(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    webSocketUrl: `ws://127.0.0.1:${String(port)}`,
    stunUrl: `stun:127.0.0.1:${String(stun.address().port)}`,
    arrived,
    close: async () => {
      stun.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
