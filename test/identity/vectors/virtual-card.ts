import { BARE, type ChipKey, type ChipProfile, createVirtualChip } from '../../../src-main/identity/virtual-card'
import { octets, same, scriptedRandom, type VectorCheck } from '../chip/script'
import type { CardSide } from '../chip/worked-pace'
import { ACCESS, CARD_RANDOM, INFORMATION, MESSAGES } from './bac'
import { cardSides as cam } from './pace-cam'
import { cardSides as generic } from './pace-gm'
import { cardSides as integrated } from './pace-im'

/** The emulated chip against the worked examples of ICAO 9303-11: given the random numbers of the printed chip, it says what that said. */

type Dialogue = readonly (readonly [command: string, answer: string])[]

async function answersAs(profile: ChipProfile, random: readonly string[], dialogue: Dialogue): Promise<void> {
  const chip = createVirtualChip(profile, scriptedRandom(...random))
  for (const [command, answer] of dialogue) same(await chip.transmit(octets(command)), answer, `answer to ${command}`)
}

const COM = '60145F0104303130365F36063034303030305C026175'
const SELECT_APPLICATION = ['00A4040C07A0000002471001', '9000'] as const

const bac: ChipProfile = { ...BARE, information: INFORMATION, files: new Map([['COM', octets(COM)]]) }

const staticKeyOf = (key: bigint): ChipKey => ({ parameterId: 13, privateKey: key, cipher: 'AES-128', oid: '0.4.0.127.0.7.2.2.3.2.2', keyId: null })

const paceCheck = ({ example, random, staticKey }: CardSide): VectorCheck => ({
  name: `${example.name}: the chip's answers, byte by byte`,
  run: () => {
    const { information, info: pace, cardAccess } = example
    const chipAuthentication = staticKey === undefined ? null : staticKeyOf(staticKey)
    const read = ['00A4000C023F00', '9000'] as const
    const offer = ['00B09C0000', `${cardAccess}6282`] as const
    return answersAs({ ...BARE, information, pace, chipAuthentication, files: new Map([['CardAccess', octets(cardAccess)]]) }, random, [read, offer, ...example.dialogue])
  },
})

export const vectorChecks: VectorCheck[] = [
  { name: '9303-11 D.3 and D.4: the chip\'s answers, byte by byte', run: () => answersAs(bac, CARD_RANDOM, [SELECT_APPLICATION, ...ACCESS, ...MESSAGES]) },
  ...[...generic, ...integrated, ...cam].map(paceCheck),
]
