import { AppError } from '@contract/errors'
import type { VirtualCard } from '../../readers'
import { oidValue } from '../chip/object-ids'
import { sameBytes } from '../chip/same-bytes'
import { readAll, readTlv } from '../chip/tlv'
import type { Random, SessionKeys } from '../chip/types'
import { authenticateByBac, type Step } from './access'
import { chipAuthenticationKeys, sign } from './authentication'
import { type CardCommand, decodeCommand, done, encodeAnswer, isExtended, just, type Outcome, STATUS } from './command'
import { createFileSystem, type FileSystem } from './file-system'
import { type CardChannel, createCardChannel } from './messaging'
import { beginPace, type PaceRun } from './pace-run'
import type { ChipProfile } from './profile'

const SECURE = 0x0c

/** Everything of a session: gone when the card leaves the field. */
type Session = { files: FileSystem; channel: CardChannel | null; challenge: Uint8Array | null; pace: PaceRun | null; chipAuthentication: boolean; next: SessionKeys | null }

/**
 * A chip that a program plays, by ICAO 9303-10 and -11: BAC, PACE in every mapping, secure messaging, chip and active
 * authentication. For practice mode and tests; nothing it says is of a person. Takes its random numbers from `random`, and
 * its side of secure messaging from `channelFor`, so that a test can make one with faults.
 */
export function createVirtualChip(profile: ChipProfile, random: Random, channelFor: (keys: SessionKeys) => CardChannel = createCardChannel): VirtualCard {
  const fresh = (): Session => ({ files: createFileSystem(profile), channel: null, challenge: null, pace: null, chipAuthentication: false, next: null })
  let session = fresh()

  const began = ({ outcome, keys }: Step): Outcome => {
    if (keys) session.next = keys
    return outcome
  }
  const securityEnvironment = ({ p1, p2, data }: CardCommand, secured: boolean): Outcome => {
    if (p1 === 0xc1 && p2 === 0xa4) {
      session.pace = beginPace(profile, data, random)
      return session.pace ? done() : just(STATUS.badData)
    }
    const key = profile.chipAuthentication
    if (p1 !== 0x41 || !key || !secured) return just(STATUS.wrongParameters)
    const objects = readAll(data)
    const value = (tag: number): Uint8Array | undefined => objects.find((object) => object.tag === tag)?.value
    if (p2 === 0xa6) return withChipKeys(value(0x91))
    const protocol = value(0x80)
    if (p2 !== 0xa4 || !protocol || !sameBytes(protocol, oidValue(key.oid))) return just(STATUS.badData)
    session.chipAuthentication = true
    return done()
  }
  const withChipKeys = (theirs: Uint8Array | undefined, answer = new Uint8Array(0)): Outcome => {
    const keys = profile.chipAuthentication && theirs && chipAuthenticationKeys(profile.chipAuthentication, theirs)
    if (!keys) return just(STATUS.badData)
    session.next = keys
    return done(answer)
  }
  const generalAuthenticate = ({ data }: CardCommand): Outcome => {
    if (!session.chipAuthentication) return session.pace ? began(session.pace.next(data)) : just(STATUS.security)
    session.chipAuthentication = false
    return withChipKeys(readAll(readTlv(data).tlv.value).find(({ tag }) => tag === 0x80)?.value, Uint8Array.of(0x7c, 0x00))
  }
  const getChallenge = (): Outcome => {
    session.challenge = random(8)
    return done(session.challenge)
  }
  const externalAuthenticate = ({ data }: CardCommand): Outcome => {
    const { challenge } = session
    session.challenge = null
    return profile.bac && challenge ? began(authenticateByBac(profile.information, challenge, data, random)) : just(STATUS.security)
  }
  const internalAuthenticate = ({ data }: CardCommand, secured: boolean): Outcome => {
    if (!secured) return just(STATUS.security)
    return profile.activeAuthentication && data.length === 8 ? done(sign(profile.activeAuthentication, data, random)) : just(STATUS.unknown)
  }

  const run = (command: CardCommand, secured: boolean): Outcome => {
    switch (command.ins) {
      case 0xa4: return session.files.select(command, secured)
      case 0xb0: case 0xb1: return session.files.read(command, secured)
      case 0x22: return securityEnvironment(command, secured)
      case 0x82: return externalAuthenticate(command)
      case 0x84: return getChallenge()
      case 0x86: return generalAuthenticate(command)
      case 0x88: return internalAuthenticate(command, secured)
      default: return just(STATUS.unknown)
    }
  }
  /** What stands in a command and is no object is answered, not thrown. */
  const plain = (command: CardCommand, secured: boolean): Outcome => {
    try {
      return run(command, secured)
    } catch (error) {
      if (error instanceof AppError) return just(STATUS.badData)
      throw error
    }
  }
  /** Keys that a command agreed on hold from the command after it. */
  const turn = (outcome: Outcome): Outcome => {
    if (session.next && outcome.sw === STATUS.ok) session.channel = channelFor(session.next)
    session.next = null
    return outcome
  }
  const secured = (command: CardCommand, channel: CardChannel): Outcome => {
    const opened = channel.open(command)
    if (!opened) {
      session.channel = null
      return just(STATUS.badObjects)
    }
    const outcome = plain(opened, true)
    const answer = channel.close(outcome, command.ins % 2 === 1)
    turn(outcome)
    return answer
  }

  return {
    atr: profile.atr,
    reset: () => { session = fresh() },
    transmit: (bytes) => {
      const command = profile.extended || !isExtended(bytes) ? decodeCommand(bytes) : null
      const { channel } = session
      if (command && (command.cla & SECURE) === SECURE) return encodeAnswer(channel ? secured(command, channel) : just(STATUS.security))
      // A plain command ends the session (9303-11 §9.8.2), and one that is none, too.
      session.channel = null
      if (!command) return encodeAnswer(just(STATUS.wrongLength))
      return encodeAnswer(turn(plain(command, false)))
    },
  }
}
