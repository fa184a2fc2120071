/** Tokens: one process for each driver, and simulated ones for practice. */
export { createTokens, type TokensDeps } from './drivers'
export { type DriverState, type TokenService } from './tokens'
export { type Backend } from './backend'
export { type DriverProcess, forkedDrivers, type StartDriver } from './process'
export { type Offered, type SimulatedTokens, simulatedTokens } from './simulated'
