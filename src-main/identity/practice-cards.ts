import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChipFile } from '@contract/chip'
import type { OfferedCard } from '../readers'
import type { PaceInfo, Random } from './chip/types'
import { FILES } from './lds'
import { type ActiveKey, BARE, type ChipKey, type ChipProfile, createVirtualChip } from './virtual-card'

const integer = z.string().regex(/^[0-9a-f]+$/u).transform((hex) => BigInt(`0x${hex}`))
const cipher = z.enum(['3DES', 'AES-128', 'AES-192', 'AES-256'])
const hash = z.enum(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])

/**
 * An invented card of practice mode: a folder with `card.json` and the files of its chip, named by file id (`0101.bin`;
 * EF.CardSecurity is `mf-011d.bin`). Its keys are in the open: nothing they sign is of a person, and their root is trusted in practice mode only.
 */
const PracticeCard = z.strictObject({
  name: z.string(),
  about: z.string(),
  qr: z.string(),
  information: z.string(),
  can: z.string().nullable(),
  bac: z.boolean(),
  noMasterFile: z.boolean(),
  pace: z.strictObject({ oid: z.string(), agreement: z.enum(['DH', 'ECDH']), mapping: z.enum(['GM', 'IM', 'CAM']), cipher, parameterId: z.number().int() }).nullable(),
  chipAuthentication: z.strictObject({ parameterId: z.number().int(), privateKey: integer, cipher, oid: z.string(), keyId: z.number().int().nullable() }).nullable(),
  activeAuthentication: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('RSA'), modulus: integer, privateExponent: integer, hash }),
    z.strictObject({ kind: z.literal('ECDSA'), parameterId: z.number().int(), privateKey: integer, hash }),
  ]).nullable(),
})

const NAMES: ReadonlyMap<string, ChipFile> = new Map(ChipFile.options.map((file) => {
  const id = FILES[file].id.toString(16).padStart(4, '0')
  return [file === 'CardSecurity' ? `mf-${id}.bin` : `${id}.bin`, file]
}))

const cardsFolder = (resourcesFolder: string): string => join(resourcesFolder, 'practice', 'cards')

function readProfile(folder: string): { profile: ChipProfile; card: z.infer<typeof PracticeCard> } {
  const card = PracticeCard.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')))
  const files = readdirSync(folder).flatMap((name) => {
    const file = NAMES.get(name)
    return file === undefined ? [] : [[file, new Uint8Array(readFileSync(join(folder, name)))] as const]
  })
  const { information, can, bac, noMasterFile } = card
  const pace: PaceInfo | null = card.pace
  const chipAuthentication: ChipKey | null = card.chipAuthentication
  const activeAuthentication: ActiveKey | null = card.activeAuthentication
  return { card, profile: { ...BARE, files: new Map(files), information, can, bac, noMasterFile, pace, chipAuthentication, activeAuthentication } }
}

/** The invented cards that practice mode can put on its virtual reader, in the order of their folders. @throws Error when one of them is broken: they are shipped */
export function practiceCards(resourcesFolder: string, random: Random): OfferedCard[] {
  const folder = cardsFolder(resourcesFolder)
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
  return folders.map((id) => {
    const { card: { name, about, qr }, profile } = readProfile(join(folder, id))
    return { id, name, about, qr, card: () => createVirtualChip(profile, random) }
  })
}

/** The certificate of the invented authority that signed them. */
export const practiceRoot = (resourcesFolder: string): Uint8Array => new Uint8Array(readFileSync(join(cardsFolder(resourcesFolder), 'root.cer')))
