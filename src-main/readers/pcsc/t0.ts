import { withFollowUps, type Send } from '../usb/card/follow-up'

/**
 * One short APDU over T=0 (ISO 7816-4 §5.3.3, 7816-3 §12.2): the expected length stays at home where data go with the command,
 * and what the card holds ready is fetched (61xx, 6Cxx). The service leaves both to its callers.
 */
export const exchangeT0 = (send: Send, command: Uint8Array): Promise<Uint8Array> => withFollowUps(send, withoutLe(command))

/** Header, Lc and data, with Le cut off where it follows data. */
function withoutLe(command: Uint8Array): Uint8Array {
  const lc = command[4] ?? 0
  return lc > 0 && command.length === 5 + lc + 1 ? command.subarray(0, -1) : command
}
