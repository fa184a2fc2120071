import { createHash } from 'node:crypto'
import { AppError } from '@contract/errors'
import type { CardTransport } from '../../../src-main/readers'
import type { Answer, Command } from '../../../src-main/identity/chip/apdu'
import { blockOf, decryptCbc, encryptBlock, encryptCbc, macOf, pad, unpad } from '../../../src-main/identity/chip/ciphers'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { kenc, kmac } from '../../../src-main/identity/chip/kdf'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { encryptNonce, paceSecret } from '../../../src-main/identity/chip/pace'
import { authenticationToken } from '../../../src-main/identity/chip/pace-token'
import { sessionKeysOf } from '../../../src-main/identity/chip/session-keys'
import { concat, encodeTlv, readAll } from '../../../src-main/identity/chip/tlv'
import type { SessionKeys } from '../../../src-main/identity/chip/types'

/**
 * The chip's side, small and strict, written from 9303-11 for tests of what goes wrong: a file system, BAC, PACE-ECDH-GM
 * and secure messaging, with a place for every fault.
 */
export type SmallCard = {
  information: string
  /** Files by id; those of the application, EF.CardAccess (011C) and EF.CardSecurity of the master file apart. */
  files: Map<number, Uint8Array>
  cardAccess: Uint8Array | null
  pace: { oid: string; cipher: SessionKeys['cipher']; parameterId: number } | null
  selectMasterFile: number
  readCardAccess: number
  wrongKey: number
  /** Private key of chip authentication with AES-128 on brainpoolP256r1. */
  chipKey: bigint | null
  /** What active authentication answers; null refuses it. */
  sign: ((challenge: Uint8Array) => Uint8Array) | null
  selectApplication: number
  /** The most bytes of content that one answer brings; longer reads are answered with fewer, or refused. */
  mostContent: number
  tooLong: 'shorter' | 'refuse' | 'end-session'
  extended: boolean
  shortIds: boolean
  /** Status for a read past the end of a file; 0 gives what there is. */
  pastEnd: number
  /** The card is lifted when it was given this many commands since it was put down. */
  liftAfter: number
  /** Changes what goes out; `plain` is the command as the chip understood it. */
  fault: (answer: Uint8Array, at: { plain: Command; protectedAnswer: boolean; count: number }) => Uint8Array
}

export const MRZ_INFORMATION = '190123456990010113001019'
export const CARD_ACCESS = Uint8Array.from(Buffer.from('31143012060A04007F0007020204020202010202010D', 'hex'))

export const smallCard = (given: Partial<SmallCard> = {}): SmallCard => ({
  information: MRZ_INFORMATION, files: new Map(), cardAccess: null, pace: null, selectMasterFile: 0x9000, readCardAccess: 0x9000, wrongKey: 0x6300, chipKey: null, sign: null, selectApplication: 0x9000,
  mostContent: 65_536, tooLong: 'shorter', extended: true, shortIds: true, pastEnd: 0, liftAfter: Infinity, fault: (answer) => answer, ...given,
})

/** An offer of PACE-ECDH-GM with AES-128 on brainpoolP256r1, the card's half included. */
export const withPace = (given: Partial<SmallCard> = {}): SmallCard =>
  smallCard({ cardAccess: CARD_ACCESS, pace: { oid: '0.4.0.127.0.7.2.2.4.2.2', cipher: 'AES-128', parameterId: 13 }, ...given })

export type Laid = { transport: CardTransport; commands: Uint8Array[]; plain: Command[] }

/** Puts the card on a reader: powered, nothing selected. */
export function layDown(card: SmallCard, reader: { longestAnswer?: number; longestCommand?: number; random?: (length: number) => Uint8Array } = {}): Laid {
  const chip = powerUp(card, reader.random ?? ((length) => Uint8Array.from({ length }, (_, index) => (index * 37 + length + 5) & (index === 0 ? 0x3f : 0xff))))
  const commands: Uint8Array[] = []
  const transport: CardTransport = {
    reader: 'small', kind: 'recorded', atr: Uint8Array.of(0x3b), longestAnswer: reader.longestAnswer ?? 65_538, longestCommand: reader.longestCommand ?? 65_544,
    transmit: async (command) => {
      if (commands.length >= card.liftAfter) throw new AppError('THE-001')
      commands.push(command)
      return chip.answer(command, commands.length)
    },
    reset: async () => undefined,
    close: async () => undefined,
  }
  return { transport, commands, plain: chip.plain }
}

/** Codes as ISO 7816-4 §5.1 has them; null for what is none. */
export function decodeCommand(bytes: Uint8Array): (Command & { extended: boolean }) | null {
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = bytes
  const head = { cla, ins, p1, p2 }
  const body = bytes.subarray(4)
  if (bytes.length < 4) return null
  if (body.length === 0) return { ...head, extended: false }
  const first = body[0] ?? 0
  const two = (at: number): number => ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0)
  if (body.length === 1) return { ...head, le: first || 256, extended: false }
  if (first !== 0) {
    const data = body.subarray(1, 1 + first)
    if (body.length === 1 + first) return { ...head, data, extended: false }
    return body.length === 2 + first ? { ...head, data, le: (body[1 + first] ?? 0) || 256, extended: false } : null
  }
  if (body.length === 3) return { ...head, le: two(1) || 65_536, extended: true }
  const length = two(1)
  const data = body.subarray(3, 3 + length)
  if (body.length === 3 + length) return { ...head, data, extended: true }
  return body.length === 5 + length ? { ...head, data, le: two(3 + length) || 65_536, extended: true } : null
}

const status = (sw: number, data: Uint8Array = new Uint8Array(0)): Answer => ({ sw, data })
const coded = ({ data, sw }: Answer): Uint8Array => concat(data, Uint8Array.of(sw >> 8, sw & 0xff))
const number = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
const field = (data: Uint8Array, tag: number): Uint8Array | undefined => readAll(data).find((tlv) => tlv.tag === tag)?.value

type Chip = { answer(command: Uint8Array, count: number): Uint8Array; plain: Command[] }

function powerUp(card: SmallCard, random: (length: number) => Uint8Array): Chip {
  const plain: Command[] = []
  let channel: CardChannel | null = null
  let folder: 'MF' | 'application' = 'MF'
  let current: Uint8Array | null = null
  let challenge: Uint8Array | null = null
  let agreeing: ReturnType<typeof paceOf> | null = null
  /** Keys that hold from the next command on. */
  let upcoming: SessionKeys | null = null

  const fileOf = (id: number): Uint8Array | undefined => {
    if (folder === 'application') return card.files.get(id)
    return id === 0x11c ? card.cardAccess ?? undefined : undefined
  }

  const select = ({ p1, data }: Command): Answer => {
    current = null
    if (p1 === 4) {
      if (card.selectApplication === 0x9000) folder = 'application'
      return status(card.selectApplication)
    }
    if (p1 === 0) {
      if (card.selectMasterFile === 0x9000) folder = 'MF'
      return status(card.selectMasterFile)
    }
    if (folder === 'application' && channel === null) return status(0x6982)
    current = fileOf(number(data ?? new Uint8Array(0))) ?? null
    return status(current === null ? 0x6a82 : 0x9000)
  }

  const read = ({ ins, p1, p2, data, le = 0 }: Command): Answer => {
    if (folder === 'application' && channel === null) return status(0x6982)
    if (folder === 'MF' && card.readCardAccess !== 0x9000) return status(card.readCardAccess)
    let offset = (p1 << 8) | p2
    if (ins === 0xb1) offset = number(field(data ?? new Uint8Array(0), 0x54) ?? new Uint8Array(0))
    else if ((p1 & 0x80) !== 0) {
      if (!card.shortIds) return status(0x6a86)
      const id = [...(folder === 'MF' ? [0x11c] : card.files.keys())].find((each) => (each & 0x1f) === (p1 & 0x1f))
      current = (id === undefined ? undefined : fileOf(id)) ?? null
      offset = p2
    }
    if (current === null) return status(0x6a82)
    if (le > card.mostContent && card.tooLong !== 'shorter') return status(card.tooLong === 'refuse' ? 0x6700 : 0)
    const wrapping = ins === 0xb1 ? 4 : 0
    if (card.pastEnd !== 0 && offset + le - wrapping > current.length) return status(card.pastEnd)
    const content = current.subarray(offset, offset + Math.min(le - wrapping, card.mostContent))
    return status(le - wrapping > content.length && card.mostContent > content.length ? 0x6282 : 0x9000, ins === 0xb1 ? encodeTlv(0x53, content) : content)
  }

  const externalAuthenticate = ({ data = new Uint8Array(0) }: Command): Answer => {
    const seed = createHash('sha1').update(card.information).digest().subarray(0, 16)
    const enc = kenc(seed, '3DES')
    const mac = kmac(seed, '3DES')
    const cryptogram = data.subarray(0, 32)
    if (challenge === null || !Buffer.from(macOf('3DES', mac, cryptogram)).equals(data.subarray(32))) return status(card.wrongKey)
    const theirs = decryptCbc('3DES', enc, new Uint8Array(8), cryptogram)
    if (!Buffer.from(theirs.subarray(8, 16)).equals(challenge)) return status(card.wrongKey)
    const keying = random(16)
    const token = encryptCbc('3DES', enc, new Uint8Array(8), concat(challenge, theirs.subarray(0, 8), keying))
    const shared = keying.map((byte, index) => byte ^ (theirs[16 + index] ?? 0))
    upcoming = { cipher: '3DES', enc: kenc(shared, '3DES'), mac: kmac(shared, '3DES'), ssc: concat(challenge.subarray(4), theirs.subarray(4, 8)) }
    return status(0x9000, concat(token, macOf('3DES', mac, token)))
  }

  /** Chip authentication (9303-11 §6.2): the answer goes out under the old keys. */
  const authenticateChip = ({ data = new Uint8Array(0) }: Command, chipKey: bigint): Answer => {
    const parameters = domainParameters(13)
    if (parameters === null) throw new Error('no such parameters')
    const agreement = keyAgreement(parameters)
    upcoming = sessionKeysOf('AES-128', agreement.agree(agreement.keyPairOf(chipKey), field(field(data, 0x7c) ?? data, 0x80) ?? data))
    return status(0x9000, encodeTlv(0x7c))
  }

  const run = (command: Command): Answer => {
    if (channel !== null && card.chipKey !== null && command.ins === 0x22) return status(0x9000)
    if (channel !== null && card.chipKey !== null && command.ins === 0x86) return authenticateChip(command, card.chipKey)
    if (command.ins === 0xa4) return select(command)
    if (command.ins === 0xb0 || command.ins === 0xb1) return read(command)
    if (command.ins === 0x88 && card.sign !== null) return status(0x9000, card.sign(command.data ?? new Uint8Array(0)))
    if (command.ins === 0x84) return status(0x9000, (challenge = random(8)))
    if (command.ins === 0x82) return externalAuthenticate(command)
    if (command.ins === 0x22 && card.pace !== null) {
      agreeing = paceOf(card.pace, card, random)
      return status(0x9000)
    }
    if (command.ins === 0x86 && agreeing !== null) {
      const { answer, keys } = agreeing(command)
      upcoming = keys
      return answer
    }
    return status(0x6d00)
  }

  const answer = (bytes: Uint8Array, count: number): Uint8Array => {
    const command = decodeCommand(bytes)
    if (command === null || (command.extended && !card.extended)) {
      channel = null
      return coded(status(0x6700))
    }
    if ((command.cla & 0x0c) !== 0x0c) {
      channel = null
      const out = run(command)
      plain.push(command)
      if (upcoming !== null) {
        channel = cardChannel(upcoming)
        upcoming = null
      }
      return card.fault(coded(out), { plain: command, protectedAnswer: false, count })
    }
    const opened = channel?.open(command) ?? null
    if (channel === null || opened === null) {
      channel = null
      return coded(status(0x6988))
    }
    plain.push(opened)
    const out = run(opened)
    if (out.sw === 0) {
      channel = null
      return coded(status(0x6700))
    }
    const sealed = coded(channel.seal(out))
    if (upcoming !== null) {
      channel = cardChannel(upcoming)
      upcoming = null
    }
    return card.fault(sealed, { plain: opened, protectedAnswer: true, count })
  }
  return { answer, plain }
}

export type CardChannel = { open(command: Command): Command | null; seal(answer: Answer): Answer }

/** The chip's half of secure messaging (9303-11 §9.8). */
export function cardChannel(keys: SessionKeys): CardChannel {
  const { cipher, enc, mac } = keys
  const size = blockOf(cipher)
  let counter = BigInt(`0x${Buffer.from(keys.ssc).toString('hex')}`)
  let odd = false
  const ssc = (): Uint8Array => Uint8Array.from(Buffer.from(counter.toString(16).padStart(2 * keys.ssc.length, '0'), 'hex'))
  const iv = (): Uint8Array => (cipher === '3DES' ? new Uint8Array(8) : encryptBlock(cipher, enc, ssc()))
  const checksum = (message: Uint8Array): Uint8Array => macOf(cipher, mac, cipher === '3DES' ? message : pad(message, 16))
  return {
    open: ({ cla, ins, p1, p2, data = new Uint8Array(0) }) => {
      counter += 1n
      odd = ins % 2 === 1
      const objects = readAll(data)
      const given = objects.at(-1)
      const covered = concat(...objects.slice(0, -1).map(({ raw }) => raw))
      const head = pad(Uint8Array.of(cla, ins, p1, p2), size)
      if (given?.tag !== 0x8e || !Buffer.from(checksum(concat(ssc(), head, covered))).equals(given.value)) return null
      const carrier = objects.find(({ tag }) => tag === (odd ? 0x85 : 0x87))
      const cryptogram = odd ? carrier?.value : carrier?.value.subarray(1)
      const plain = cryptogram === undefined ? undefined : unpad(decryptCbc(cipher, enc, iv(), cryptogram), size)
      if (plain === null) return null
      const le = objects.find(({ tag }) => tag === 0x97)?.value
      return { cla: cla & ~0x0c, ins, p1, p2, ...(plain === undefined ? {} : { data: plain }), ...(le === undefined ? {} : { le: number(le) || 256 ** le.length }) }
    },
    seal: ({ data, sw }) => {
      counter += 1n
      const cryptogram = data.length === 0 ? null : encryptCbc(cipher, enc, iv(), pad(data, size))
      const carrier = cryptogram === null ? new Uint8Array(0) : odd ? encodeTlv(0x85, cryptogram) : encodeTlv(0x87, Uint8Array.of(1), cryptogram)
      const objects = concat(carrier, encodeTlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff)))
      return { data: concat(objects, encodeTlv(0x8e, checksum(concat(ssc(), objects)))), sw }
    },
  }
}

/** The chip's half of PACE-ECDH-GM (9303-11 §4.4), one GENERAL AUTHENTICATE after the other. */
function paceOf(offer: NonNullable<SmallCard['pace']>, card: SmallCard, random: (length: number) => Uint8Array): (command: Command) => { answer: Answer; keys: SessionKeys | null } {
  const parameters = domainParameters(offer.parameterId)
  if (parameters === null) throw new Error('no such parameters')
  let agreement = keyAgreement(parameters)
  const nonce = random(16)
  const reply = (tag: number, value: Uint8Array): Answer => status(0x9000, encodeTlv(0x7c, encodeTlv(tag, value)))
  let step = 0
  let keys: SessionKeys | null = null
  let publicKeys: { own: Uint8Array; theirs: Uint8Array } | null = null
  const value = (command: Command, tag: number): Uint8Array => field(field(command.data ?? new Uint8Array(0), 0x7c) ?? new Uint8Array(0), tag) ?? new Uint8Array(0)
  return (command) => {
    step += 1
    if (step === 1) return { answer: reply(0x80, encryptNonce(offer.cipher, paceSecret({ kind: 'mrz', information: card.information }), nonce)), keys: null }
    if (step === 2) {
      const own = agreement.newKeyPair(random)
      agreement = agreement.mapGeneric(nonce, own, value(command, 0x81))
      return { answer: reply(0x82, own.publicKey), keys: null }
    }
    if (step === 3) {
      const own = agreement.newKeyPair(random)
      const theirs = value(command, 0x83)
      keys = sessionKeysOf(offer.cipher, agreement.agree(own, theirs))
      publicKeys = { own: own.publicKey, theirs }
      return { answer: reply(0x84, own.publicKey), keys: null }
    }
    if (keys === null || publicKeys === null) return { answer: status(0x6985), keys: null }
    const token = (publicKey: Uint8Array): Uint8Array => authenticationToken(offer.cipher, (keys as SessionKeys).mac, offer.oid, agreement.publicKeyTag, publicKey)
    const fits = Buffer.from(token(publicKeys.own)).equals(value(command, 0x85))
    return fits ? { answer: reply(0x86, token(publicKeys.theirs)), keys } : { answer: status(card.wrongKey), keys: null }
  }
}
