/** Who acts: an account and the name that stands beside what was done. */
export type Actor = Readonly<{ id: string; name: string }>
