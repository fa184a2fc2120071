import { ASK, type Asked, faultOf } from '../paperwork'
import type { UsbTickets } from './ports'

/** What `readers` knows of a printer on the USB: bytes and answers, nothing of what they mean. */
export type UsbBytes = Readonly<{
  list(): Promise<readonly string[]>
  send(bytes: Uint8Array, name: string | null, signal: AbortSignal): Promise<void>
  ask(questions: readonly Uint8Array[], name: string | null): Promise<readonly (number | null)[]>
}>

const QUESTIONS: readonly Asked[] = ['state', 'offline', 'error', 'paper']

/** A printer on the USB with the meaning of its answers (DLE EOT). */
export function usbTickets(printer: UsbBytes): UsbTickets {
  return {
    list: printer.list,
    send: printer.send,
    status: async (name) => {
      const answers = await printer.ask(QUESTIONS.map((asked) => ASK[asked]), name)
      return faultOf(Object.fromEntries(QUESTIONS.flatMap((asked, index) => {
        const byte = answers[index] ?? null
        return byte === null ? [] : [[asked, byte] as const]
      })))
    },
  }
}
