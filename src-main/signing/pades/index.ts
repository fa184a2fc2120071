export { finishPdf, type FinishOptions, preparePdf, type SignedPdf, signPdf, toSign, type WaitingPdf } from './sign'
export { upgrade, type Upgraded, type UpgradeMeans } from './upgrade'
