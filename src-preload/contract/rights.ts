export const ROLES = ['officer', 'supervisor', 'administrator', 'helper'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who may do what. `receive`: dossiers, from greeting to result. `supervise`: accounts to look at, secrets to reset, reports,
 * the audit chain, back-ups. `administer`: accounts, settings, catalogue, registration with the city.
 * A supervisor does all that an officer does. An administrator does not: whoever can make accounts and reset secrets should not
 * also decide dossiers, and a citizen's data go only to those who need them. One person who does both has two accounts.
 * `assist`: fills drafts in at the helper's window, and holds no other right: nothing of the officer's window is open to a helper.
 */
export const RIGHTS = {
  receive: ['officer', 'supervisor'],
  supervise: ['supervisor', 'administrator'],
  administer: ['administrator'],
  assist: ['helper'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

/** The roles that work at the officer's window. */
export const COUNTER_ROLES = ['officer', 'supervisor', 'administrator'] as const satisfies readonly Role[]

export type Right = keyof typeof RIGHTS

/** The roles that hold a right, for a screen that explains who can help. */
export const rolesWith = (right: Right): readonly Role[] => RIGHTS[right]

export const may = (role: Role, right: Right): boolean => rolesWith(right).includes(role)
