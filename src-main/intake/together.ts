/**
 * Keeps what gets ready at about the same time in one act. Whoever comes before the first of a group is ready belongs to that group, which is
 * kept when all of it is ready or has failed; groups and their members keep the order in which they came.
 * @param keep gives for each one what became of it, in the same order; when it throws, all of the group have failed
 */
export function together<Ready, Kept>(keep: (ready: readonly Ready[]) => readonly (Kept | Error)[]): (coming: Promise<Ready>) => Promise<Kept> {
  type Group = { readonly members: Promise<Ready>[]; readonly close: () => void; readonly kept: Promise<ReadonlyMap<Promise<Ready>, Kept | Error>> }
  let open: Group | undefined
  let before: Promise<unknown> = Promise.resolve()

  const begin = (): Group => {
    const members: Promise<Ready>[] = []
    let close = (): void => undefined
    const closed = new Promise<void>((resolve) => {
      close = () => {
        open = undefined
        resolve()
      }
    })
    const kept = Promise.allSettled([before, closed]).then(async () => {
      const outcomes = await Promise.allSettled(members)
      const ready = members.flatMap((member, index) => {
        const outcome = outcomes[index]
        return outcome?.status === 'fulfilled' ? [{ member, value: outcome.value }] : []
      })
      const results = ready.length === 0 ? [] : keep(ready.map(({ value }) => value))
      return new Map(ready.flatMap(({ member }, index) => {
        const result = results[index]
        return result === undefined ? [] : [[member, result] as const]
      }))
    })
    before = kept
    return { members, close, kept }
  }

  return async (coming) => {
    const group = (open ??= begin())
    const close = (): void => {
      if (open === group) group.close()
    }
    group.members.push(coming)
    coming.then(close, close)
    // One that fails does not wait for the others to hear of it.
    await Promise.all([coming, group.kept])
    const result = (await group.kept).get(coming)
    if (result === undefined) throw new Error('nothing was kept')
    if (result instanceof Error) throw result
    return result
  }
}
