import type { KeyAgreement } from './agreement'
import { dhAgreement } from './dh'
import type { DomainParameters } from './domain-parameters'
import { ecdhAgreement } from './ecdh'

/** Key agreement over these parameters with their own generator (9303-11 §9.6). */
export const keyAgreement = (parameters: DomainParameters): KeyAgreement =>
  parameters.kind === 'ECDH' ? ecdhAgreement(parameters, parameters.Point.BASE) : dhAgreement(parameters, parameters.g)
