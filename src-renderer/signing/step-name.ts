import type { TFunction } from 'i18next'
import type { IssuanceStep, IssuanceView } from '@contract/signing'

/** What a step is called: with a key far away the citizen's phone does what a token does otherwise. */
export const stepName = (t: TFunction<'signing-desk'>, kind: IssuanceView['provider']['kind'], step: IssuanceStep): string =>
  (kind === 'remote' && (step === 'pin' || step === 'key') ? t(`remoteStep.${step}`) : t(`step.${step}`))

/** What the officer says and watches at it. */
export const stepHelp = (t: TFunction<'signing-desk'>, kind: IssuanceView['provider']['kind'], step: IssuanceStep): string =>
  (kind === 'remote' && (step === 'pin' || step === 'key') ? t(`remoteSay.${step}`) : t(`say.${step}`))
