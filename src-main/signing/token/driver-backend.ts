import { encodeTlv, parseCertificate, walk, whole, TAG } from '../../identity/pki'
import type { Backend } from './backend'
import type { KnownDriver } from './known'
import { superviseDriver, type SupervisorParts } from './supervisor'

/** Tokens of one vendor's driver, in a process of its own that is started by the first question. */
export function driverBackend(driver: KnownDriver, parts: Pick<SupervisorParts, 'start' | 'binding' | 'now' | 'limits' | 'log'>): Backend & Readonly<{ pid(): number | null }> {
  const supervised = superviseDriver({ ...parts, name: driver.name, library: driver.path })
  return {
    id: driver.id, name: driver.name, path: driver.path, found: driver.found,
    running: supervised.running,
    busy: supervised.busy,
    pid: supervised.pid,
    list: () => supervised.call({ kind: 'list' }),
    certificates: (at) => supervised.call({ kind: 'certificates', at }),
    generate: (at, pin, wish) => supervised.call({ kind: 'generate', at, pin, ...wish }),
    publicKey: (at, pin, keyId) => supervised.call({ kind: 'public-key', at, pin, keyId }),
    sign: (at, pin, { keyId, scheme, pieces }) => supervised.call({ kind: 'sign', at, pin, keyId, scheme, pieces: [...pieces] }),
    store: async (at, pin, { keyId, certificate, label }) => {
      await supervised.call({ kind: 'store', at, pin, keyId, label, certificate, ...fieldsOf(certificate) })
    },
    changePin: async (at, pin, next) => {
      await supervised.call({ kind: 'change-pin', at, pin, next })
    },
    discard: async (at, pin, keyId) => {
      await supervised.call({ kind: 'discard', at, pin, keyId })
    },
    close: supervised.close,
  }
}

/** What PKCS#11 wants beside a certificate (§4.6.3): serial number, issuer and subject as they stand in it, DER. @throws AppError THE-009 */
function fieldsOf(certificate: Uint8Array): { serial: Uint8Array; issuer: Uint8Array; subject: Uint8Array; spki: Uint8Array } {
  const { tbs, spki } = parseCertificate(certificate)
  const fields = walk(whole(tbs, TAG.sequence), TAG.sequence)
  fields.optional(0xa0)
  const serial = encodeTlv(TAG.integer, fields.next(TAG.integer).value)
  fields.next(TAG.sequence)
  const issuer = fields.next(TAG.sequence).raw
  fields.next(TAG.sequence)
  return { serial, issuer, subject: fields.next(TAG.sequence).raw, spki: spki.raw }
}
