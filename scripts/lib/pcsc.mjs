import { cardPackages } from './debian.mjs'
import { pcsc } from './native-binding.mjs'

/** The native part that talks to the PC/SC service. @type {import('./native-part.mjs').NativePart} */
export const pcscPart = {
  binding: pcsc, subject: 'Card readers', way: 'the way to the PC/SC service', leftOut: 'PC/SC is left out', exported: 'Context',
  dependencies: ['node-addon-api'], needed: ['libpcsclite-dev'], forTests: cardPackages.filter((name) => name !== 'libpcsclite-dev'),
}
