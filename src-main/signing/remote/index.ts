export { RemoteConfig } from './config'
export { createRemoteSigner, type RemoteSignerDeps } from './remote-signer'
