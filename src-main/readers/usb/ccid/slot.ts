import { AppError } from '@contract/errors'
import { EMPTY } from '../bytes'
import { appErrorOf } from '../faults'
import { type CcidLink } from './link'
import { type CardState, type CcidAnswer, type CcidFailure, COMMAND, type CommandType, failureOf } from './messages'

/** A command that the reader answered with a failure. */
export class CcidFault extends Error {
  readonly failure: CcidFailure
  readonly card: CardState

  constructor(failure: CcidFailure, card: CardState) {
    super(`CCID: ${failure}`)
    this.name = 'CcidFault'
    this.failure = failure
    this.card = card
  }
}

/** A failure in the middle of talking to a powered card, in the words of the program. */
export function transmitErrorOf(error: unknown): AppError {
  if (!(error instanceof CcidFault)) return appErrorOf(error)
  if (error.card !== 'active' && error.failure !== 'unsupported') return new AppError('THE-001', {}, { cause: error })
  if (error.failure === 'mute') return new AppError('TB-010', {}, { cause: error })
  if (error.failure === 'busy') return new AppError('TB-006', {}, { cause: error })
  return new AppError(error.failure === 'aborted' ? 'TB-008' : 'TB-009', {}, { cause: error })
}

/** The parameters in force: protocol and its data structure (CCID Rev 1.1 §6.2.3). */
export type Parameters = Readonly<{ protocol: 0 | 1; data: Uint8Array }>

/** One slot, in CCID's own words. Everything here may throw UsbFault and CcidFault. */
export type CcidSlot = Readonly<{
  link: CcidLink
  status(): Promise<CardState>
  /** Powers the card from off and gives its answer to reset. @throws AppError THE-004 no card, TB-010 no voltage brings an answer */
  powerOn(): Promise<Uint8Array>
  powerOff(): Promise<void>
  /** One XfrBlock. `waits` is bBWI, `level` is wLevelParameter (§6.1.4). */
  transfer(data: Uint8Array, waits?: number, level?: number): Promise<CcidAnswer>
  /** null when the reader does not tell. */
  parameters(): Promise<Parameters | null>
  setParameters(parameters: Parameters): Promise<void>
}>

const CARD_SIDE: ReadonlySet<CcidFailure> = new Set<CcidFailure>(['mute', 'parity', 'overrun', 'hardware', 'badAtr', 'voltage', 'protocol'])
const BUSY_TRIES = 5
const BUSY_MS = 100

export function createSlot(link: CcidLink, number: number): CcidSlot {
  const { descriptor } = link

  /** Repeats while the reader is busy with a sequence of its own, such as powering a card that was just put in. */
  async function ask(type: CommandType, data: Uint8Array = EMPTY, specific: readonly [number, number, number] = [0, 0, 0]): Promise<CcidAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await link.command(number, type, data, specific)
      if (answer.outcome === 'done') return answer
      const failure = failureOf(type, answer.error)
      if (failure !== 'busy' || attempt === BUSY_TRIES) throw new CcidFault(failure, answer.card)
      await new Promise((resolve) => setTimeout(resolve, BUSY_MS))
    }
  }

  const powerOff = async (): Promise<void> => void (await ask(COMMAND.powerOff))

  async function powerOn(): Promise<Uint8Array> {
    for (const select of powerSelections(descriptor)) {
      try {
        return (await ask(COMMAND.powerOn, EMPTY, [select, 0, 0])).data
      } catch (error) {
        if (!(error instanceof CcidFault)) throw error
        if (error.card === 'absent') throw new AppError('THE-004', {}, { cause: error })
        if (!CARD_SIDE.has(error.failure) && error.failure !== 'parameter') throw error
        await powerOff().catch(() => undefined)
      }
    }
    throw new AppError('TB-010')
  }

  async function parameters(): Promise<Parameters | null> {
    try {
      const { specific, data } = await ask(COMMAND.getParameters)
      return specific === 0 || specific === 1 ? { protocol: specific, data } : null
    } catch (error) {
      if (error instanceof CcidFault) return null
      throw error
    }
  }

  return {
    link,
    status: async () => (await link.command(number, COMMAND.slotStatus)).card,
    powerOn: async () => {
      // From off: an activated card would only be asked again what it already said.
      await powerOff().catch((error: unknown) => {
        if (!(error instanceof CcidFault)) throw error
      })
      return powerOn()
    },
    powerOff,
    transfer: (data, waits = 0, level = 0) => ask(COMMAND.transfer, data, [waits, level & 0xff, level >> 8]),
    parameters,
    setParameters: async ({ protocol, data }) => void (await ask(COMMAND.setParameters, data, [protocol, 0, 0])),
  }
}

/** What to try as bPowerSelect, in order: the reader's own choice where it has one, then 5 V, 3 V and 1.8 V as it gives them (§6.1.1). */
export function powerSelections({ autoVoltage, voltages }: Readonly<{ autoVoltage: boolean; voltages: readonly number[] }>): readonly number[] {
  return autoVoltage || voltages.length === 0 ? [0, ...voltages] : voltages
}
