let last: string | null = null

/** The submission looked at last, so that the list comes back to it, and so that another screen can point at one. */
export const lastSubmission = (): string | null => last
export const rememberSubmission = (id: string): void => { last = id }
