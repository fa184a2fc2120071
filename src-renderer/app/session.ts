import { useQuery } from '@tanstack/react-query'
// Not from `staff`: the sign-in shall not wait for the schemas behind it.
import { may, type Right } from '@contract/rights'
import { api } from './api'
import { keys } from './queries'

/** The session of this window: undefined while asked, null when nobody is signed in. */
export const useSession = () => useQuery({ queryKey: keys.session, queryFn: () => api.staff.session(), refetchInterval: 15_000 })

/** What the sign-in screen may know. */
export const useGate = () => useQuery({ queryKey: keys.gate, queryFn: () => api.staff.gate() })

/** True when the signed-in officer holds a right. The core decides again at each call. */
export function useMay(right: Right): boolean {
  const { data } = useSession()
  return data ? may(data.account.role, right) : false
}

/** The strip's facts, asked again at each change and every few seconds for the clock of "oldest". */
export const useSyncStatus = () => useQuery({ queryKey: keys.syncStatus, queryFn: () => api.sync.status(), refetchInterval: 5_000 })

export const useSettings = () => useQuery({ queryKey: keys.settings, queryFn: () => api.office.settings() })
