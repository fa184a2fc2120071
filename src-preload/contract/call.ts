import { oc } from '@orpc/contract'

/**
 * Who may make a call. `anyone` needs no session; `signed-in` any unlocked session; the rights are those of `staff.ts`.
 * The core decides this for every call, whatever the screen shows.
 */
export type Access = 'anyone' | 'signed-in' | 'receive' | 'supervise' | 'administer'

/** A call of the contract. Without an access of its own a call is for administrators, so a forgotten one is closed, not open. */
export const call = oc.$meta<{ access: Access; about: string }>({ access: 'administer', about: '' })
