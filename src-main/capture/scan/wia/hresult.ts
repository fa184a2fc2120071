import { type ErrorCode } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'

/** WIA_ERROR_… of wiadef.h, and the general ones that drivers give. */
const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [0x80210001, captureErrors.io], // general
  [0x80210002, captureErrors.jam],
  [0x80210003, captureErrors.feederEmpty],
  [0x80210004, captureErrors.jam], // paper problem
  [0x80210005, captureErrors.offline],
  [0x80210006, captureErrors.busy],
  [0x80210007, captureErrors.busy], // warming up
  [0x80210008, captureErrors.io], // user intervention
  [0x80210009, captureErrors.noDevice], // item deleted
  [0x8021000a, captureErrors.offline], // communication
  [0x8021000b, captureErrors.badSetting], // invalid command
  [0x8021000c, captureErrors.badSetting], // incorrect hardware setting
  [0x8021000d, captureErrors.busy], // device locked
  [0x8021000e, captureErrors.io], // exception in driver
  [0x8021000f, captureErrors.io], // invalid driver response
  [0x80210015, captureErrors.noDevice],
  [0x80210016, captureErrors.coverOpen],
  [0x80210017, captureErrors.io], // lamp off
  [0x80210018, captureErrors.io], // destination
  [0x80210019, captureErrors.badSetting], // network reservation failed
  [0x80210020, captureErrors.doubleFeed], // multi-feed
  [0x80070005, captureErrors.noAccess],
  [0x80070057, captureErrors.badSetting], // invalid argument
  [0x8007000e, captureErrors.tooLarge], // out of memory
  [0x80040154, captureErrors.programMissing], // class not registered: no WIA (Windows Server)
  [0x80080005, captureErrors.busy], // server execution failed
  [0x800706ba, captureErrors.offline], // RPC server unavailable: the WIA service is stopped
])

/** The code for an HRESULT as text (`0x80210002`); what is unknown is an error of the device. */
export const codeOfHresult = (hresult: string): ErrorCode => CODES.get(Number.parseInt(hresult, 16)) ?? captureErrors.io
