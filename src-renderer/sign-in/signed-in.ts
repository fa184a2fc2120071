import { keys, queryClient } from '../app/queries'

/**
 * Everything that depends on who sits here is asked again. What changed while the counter was locked could not be asked for then: a
 * citizen may have confirmed on the display meanwhile.
 */
export async function signedIn(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['session'] })
  await queryClient.invalidateQueries({ queryKey: keys.settings })
  const someoneIn = Boolean(queryClient.getQueryData(keys.session))
  void queryClient.invalidateQueries({ predicate: ({ queryKey: [of] }) => of !== 'session' && of !== 'settings', refetchType: someoneIn ? 'active' : 'none' })
}
