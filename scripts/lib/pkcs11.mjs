import { pkcs11 } from './native-binding.mjs'

/** The native part that talks to the drivers of USB tokens. @type {import('./native-part.mjs').NativePart} */
export const pkcs11Part = {
  binding: pkcs11, subject: 'USB tokens', way: 'the way to their drivers (PKCS#11)', leftOut: 'they are left out', exported: 'PKCS11', dependencies: [], needed: [], forTests: [],
}
