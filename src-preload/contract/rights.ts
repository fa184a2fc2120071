export const ROLES = ['officer', 'supervisor', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who may do what. `receive`: dossiers, from greeting to result. `supervise`: accounts to look at, secrets to reset, reports,
 * the audit chain, back-ups. `administer`: accounts, settings, catalogue, registration with the city.
 * A supervisor does all that an officer does. An administrator does not: whoever can make accounts and reset secrets should not
 * also decide dossiers, and a citizen's data go only to those who need them. One person who does both has two accounts.
 */
export const RIGHTS = {
  receive: ['officer', 'supervisor'],
  supervise: ['supervisor', 'administrator'],
  administer: ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Right = keyof typeof RIGHTS

/** The roles that hold a right, for a screen that explains who can help. */
export const rolesWith = (right: Right): readonly Role[] => RIGHTS[right]

export const may = (role: Role, right: Right): boolean => rolesWith(right).includes(role)
