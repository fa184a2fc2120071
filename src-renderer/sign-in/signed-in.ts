import { keys, queryClient } from '../app/queries'

/** Everything that depends on who sits here is asked again. */
export async function signedIn(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['session'] })
  await queryClient.invalidateQueries({ queryKey: keys.settings })
}
