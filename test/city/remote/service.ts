import type { FastifyInstance } from 'fastify'
import type { Context } from '../context'
import { cscRoutes, CSC } from './csc-routes'
import { createRemoteFaults, RemoteFault, type RemoteFaults, RemoteSettings } from './faults'
import { GATEWAY, gatewayRoutes } from './gateway-routes'
import type { AccountIssuer } from './issuer'
import { phoneRoutes } from './phone-routes'
import { remoteSecrets, type RemoteSecrets } from './secrets'
import { checked } from '../problem'

/** What the parts of the remote signing service work with. */
export interface RemoteService {
  readonly context: Context
  readonly issuer: AccountIssuer
  readonly faults: RemoteFaults
  secrets(): Promise<RemoteSecrets>
}

/** The way to this service, as `RemoteConfig` of the counter takes it. */
export async function remoteConnection(context: Context, dialect: 'gateway' | 'csc'): Promise<Record<string, string | number>> {
  const { spId, spPassword, clientId, clientSecret } = await remoteSecrets(context.db)
  return dialect === 'gateway'
    ? { dialect, url: context.publicUrl() + GATEWAY, spId, spPassword, pollSeconds: 2 }
    : { dialect, url: context.publicUrl() + CSC, clientId, clientSecret, pollSeconds: 2 }
}

/** A remote signing service for demonstrations: both dialects over the same accounts, and the citizen's phone as a page. */
export function remoteRoutes(app: FastifyInstance, context: Context, issuer: AccountIssuer, options: { doors: boolean }): void {
  const service: RemoteService = { context, issuer, faults: createRemoteFaults(), secrets: () => remoteSecrets(context.db) }
  gatewayRoutes(app, service)
  cscRoutes(app, service)
  phoneRoutes(app, service)
  if (!options.doors) return
  app.post('/doors/remote-faults', async (request, reply) => {
    service.faults.add(checked(RemoteFault, request.body))
    return reply.code(201).send({})
  })
  app.post('/doors/remote-settings', async (request) => {
    service.faults.setLifetime(checked(RemoteSettings, request.body).lifetimeSeconds)
    return {}
  })
  app.get('/doors/remote-connections', async () => ({ gateway: await remoteConnection(context, 'gateway'), csc: await remoteConnection(context, 'csc') }))
}
