import { z } from 'zod'
import { call } from './call'
import { AccountId, Instant } from './ids'
import { CounterSettings, WardSettings } from './settings'
import { Account, Role, SessionInfo } from './staff'

const secret = z.string().min(1).max(200)
const loginName = z.string().trim().min(1).max(60)

/** What the sign-in screen may know before anybody has signed in. */
export const Gate = z.object({
  /** `new`: first run is due. `locked`: data can only be opened by an officer's secret. `open`: data are open, sign in. */
  state: z.enum(['new', 'locked', 'open']),
  practice: z.boolean(),
  ward: WardSettings.nullable(),
  counter: CounterSettings.nullable(),
  accounts: z.array(z.object({ id: AccountId, loginName: z.string(), fullName: z.string(), title: z.string(), role: Role })),
  /** Only in practice mode: the secrets of the invented accounts. */
  demo: z.array(z.object({ loginName: z.string(), fullName: z.string(), role: Role, secret: z.string() })),
  facts: z.object({ auditCheckedAt: Instant.nullable(), auditIntact: z.boolean().nullable(), backedUpAt: Instant.nullable(), numbersLeft: z.number().int().nullable() }).nullable(),
  version: z.string(),
})
export type Gate = z.infer<typeof Gate>

export const staffCalls = {
  gate: call.meta({ access: 'anyone', about: 'What the sign-in screen shows' }).output(Gate),
  setUp: call.meta({ access: 'anyone', about: 'First run: ward, counter, first administrator; answers the recovery key once' })
    .input(z.object({
      ward: WardSettings,
      counter: CounterSettings,
      administrator: z.object({ loginName, fullName: z.string().trim().min(1).max(200), title: z.string().trim().max(200), secret }),
    }))
    .output(z.object({ recoveryKey: z.string() })),
  recover: call.meta({ access: 'anyone', about: 'Opens the data with the printed recovery key and gives an account a new secret' })
    .input(z.object({ recoveryKey: z.string().max(200), loginName, newSecret: secret })).output(z.object({ ok: z.literal(true) })),
  signIn: call.meta({ access: 'anyone', about: 'Signs an officer in' }).input(z.object({ loginName, secret })).output(SessionInfo),
  signOut: call.meta({ access: 'anyone', about: 'Ends the session' }).output(z.object({ ok: z.literal(true) })),
  lock: call.meta({ access: 'anyone', about: 'Locks the screen; drafts stay' }).output(z.object({ ok: z.literal(true) })),
  unlock: call.meta({ access: 'anyone', about: 'Unlocks with the same officer\'s secret' }).input(z.object({ secret })).output(SessionInfo),
  session: call.meta({ access: 'anyone', about: 'The session of this window' }).output(SessionInfo.nullable()),
  touch: call.meta({ access: 'anyone', about: 'Somebody is there: puts the idle lock off' }).output(z.object({ ok: z.literal(true) })),
  changeSecret: call.meta({ access: 'signed-in', about: 'A new secret for oneself' })
    .input(z.object({ current: secret, next: secret })).output(z.object({ ok: z.literal(true) })),
  list: call.meta({ access: 'supervise', about: 'All accounts' }).output(z.array(Account)),
  create: call.meta({ access: 'administer', about: 'A new account with a secret that must be changed at first sign-in' })
    .input(z.object({ loginName, fullName: z.string().trim().min(1).max(200), title: z.string().trim().max(200), role: Role, secret })).output(Account),
  update: call.meta({ access: 'administer', about: 'Name, title, role, or barred' })
    .input(z.object({ id: AccountId, fullName: z.string().trim().min(1).max(200), title: z.string().trim().max(200), role: Role, disabled: z.boolean() })).output(Account),
  resetSecret: call.meta({ access: 'supervise', about: 'A new first secret for another account' })
    .input(z.object({ id: AccountId, secret })).output(z.object({ ok: z.literal(true) })),
}
