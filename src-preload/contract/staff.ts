import { z } from 'zod'
import { fold } from './fold'
import { AccountId, Instant } from './ids'
import { ROLES } from './rights'

export { COUNTER_ROLES, may, type Right, RIGHTS, rolesWith } from './rights'

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** Without case and marks, đ as d: login names that look alike are one. */
export const foldLoginName = (name: string): string => fold(name.normalize('NFKC'))

/** One form for one secret, whichever keyboard or input method made it. */
export const normaliseSecret = (secret: string): string => secret.normalize('NFKC')

/** As typed at sign-in: anything of bearable length. */
export const LoginName = z.string().min(1).max(64)
/** As chosen for an account: letters with or without marks, digits, dot, dash, underscore; 2 to 60 of them. */
export const NewLoginName = z.string().trim().regex(/^[\p{L}\p{M}\d._-]{2,60}$/u)
export const Secret = z.string().min(1).max(200)
export const SessionId = z.string().regex(/^[0-9a-f]{32}$/).brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

export const Account = z.object({
  id: AccountId,
  loginName: z.string(),
  fullName: z.string(),
  /** Chức danh, printed under the name; may be empty. */
  title: z.string(),
  role: Role,
  disabled: z.boolean(),
  /** Signs in with a secret that somebody else has set. */
  mustChangeSecret: z.boolean(),
  createdAt: Instant,
})
export type Account = z.infer<typeof Account>

export const SessionInfo = z.object({
  id: SessionId,
  account: Account,
  since: Instant,
  locked: z.boolean(),
  /** When it locks by itself unless somebody works at it. */
  locksAt: Instant,
})
export type SessionInfo = z.infer<typeof SessionInfo>

export const SignInInput = z.object({ loginName: LoginName, secret: Secret })
export type SignInInput = z.infer<typeof SignInInput>

export const NewAccount = z.object({
  loginName: NewLoginName,
  fullName: z.string().trim().min(1).max(200),
  title: z.string().trim().max(200),
  role: Role,
  secret: Secret,
})
export type NewAccount = z.infer<typeof NewAccount>

export const AccountChange = z.object({
  id: AccountId,
  fullName: z.string().trim().min(1).max(200).optional(),
  title: z.string().trim().max(200).optional(),
  role: Role.optional(),
  disabled: z.boolean().optional(),
})
export type AccountChange = z.infer<typeof AccountChange>

export const ChangeSecretInput = z.object({ current: Secret, next: Secret })
export type ChangeSecretInput = z.infer<typeof ChangeSecretInput>

export const ResetSecretInput = z.object({ id: AccountId, next: Secret })
export type ResetSecretInput = z.infer<typeof ResetSecretInput>
