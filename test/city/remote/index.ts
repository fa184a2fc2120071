export { cityIssuer } from './city-issuer'
export type { AccountIssuer } from './issuer'
export { phone, type Phone } from './phone'
export { remoteConnection, remoteRoutes } from './service'
