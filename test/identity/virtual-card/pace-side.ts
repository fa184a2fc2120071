import type { Answer, Exchange } from '../../../src-main/identity/chip/apdu'
import type { AccessKey, PaceInfo, Random, SessionKeys } from '../../../src-main/identity/chip/types'
import { BARE, type ChipProfile } from '../../../src-main/identity/virtual-card'
import { just } from '../../../src-main/identity/virtual-card/command'
import { beginPace, type PaceRun } from '../../../src-main/identity/virtual-card/pace-run'

/** What a test may do to an answer before it goes out: step 0 is MSE:Set AT, 1 to 4 are GENERAL AUTHENTICATE. */
export type Meddling = (step: number, answer: Answer) => Answer

const NOTHING = new Uint8Array(0)

/** The emulated chip's PACE alone, with a look at the keys it ends with. `staticKey` is for the chip authentication mapping. */
export function paceCard(pace: PaceInfo, key: AccessKey, random: Random, { meddle, staticKey }: Readonly<{ meddle?: Meddling; staticKey?: bigint }> = {}): { exchange: Exchange; keys: () => SessionKeys | null; selection: () => Uint8Array } {
  const profile: ChipProfile = {
    ...BARE, files: new Map(), pace, information: key.kind === 'mrz' ? key.information : '', can: key.kind === 'can' ? key.can : null,
    chipAuthentication: staticKey === undefined ? null : { parameterId: pace.parameterId, privateKey: staticKey, cipher: pace.cipher, oid: '', keyId: null },
  }
  let step = -1
  let run: PaceRun | null = null
  let keys: SessionKeys | null = null
  let selection: Uint8Array = NOTHING
  const answerTo = (data: Uint8Array): Answer => {
    if (step === 0) {
      selection = data
      run = beginPace(profile, data, random)
      return just(run ? 0x9000 : 0x6a80)
    }
    const next = run?.next(data)
    keys = next?.keys ?? null
    return next?.outcome ?? just(0x6985)
  }
  const exchange: Exchange = async ({ data = NOTHING }) => {
    step += 1
    const answer = answerTo(data)
    return meddle?.(step, answer) ?? answer
  }
  return { exchange, keys: () => keys, selection: () => selection }
}
