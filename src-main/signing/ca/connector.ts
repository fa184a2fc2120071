import { AppError, ERRORS } from '@contract/errors'
import { parseCertificate } from '../../identity/pki'
import type { CaConnector } from '../ports'
import { createCmpClient } from './cmp-client'
import { createCmpConnector } from './cmp-connector'
import { createPhoneCodes } from './phone'
import type { ProviderConfig } from './providers'

export type ConnectorDeps = Readonly<{
  now(): Date
  /** For one exchange with the CA, in milliseconds; 15 seconds unless told otherwise. */
  timeoutMs?: number
}>

const TIMEOUT_MS = 15_000

/** The way to one CA. Keep it as long as the provider's configuration stands: it keeps its connection. @throws AppError KS-039 where the configuration has no way or a broken one */
export function createCaConnector(provider: ProviderConfig, { now, timeoutMs = TIMEOUT_MS }: ConnectorDeps): CaConnector {
  if (provider.cmp === null) throw new AppError(ERRORS.signing.caNotSetUp, {})
  const authorities = readAuthorities(provider)
  return {
    ...createCmpConnector(createCmpClient(provider.cmp, authorities, { now, timeoutMs })),
    phone: provider.phone === null ? null : createPhoneCodes(provider.phone, timeoutMs),
  }
}

function readAuthorities({ authorities }: ProviderConfig): ReturnType<typeof parseCertificate>[] {
  try {
    return authorities.map((text) => parseCertificate(Buffer.from(text, 'base64')))
  } catch (error) {
    throw new AppError(ERRORS.signing.caNotSetUp, {}, { cause: error })
  }
}
