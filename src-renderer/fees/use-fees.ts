import { useMutation, useQuery } from '@tanstack/react-query'
import type { FeeAccount, PaymentId } from '@contract/fees'
import type { DossierId } from '@contract/ids'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useAnnounce } from '../parts'

/** What a dossier owes and what was taken for it. */
export const useFeeAccount = (dossierId: DossierId) => useQuery({ queryKey: keys.fees(dossierId), queryFn: () => api.fees.of({ dossierId }) })

/** After a change: everything that shows a dossier asks again. */
export function feesChanged(account: FeeAccount): void {
  queryClient.setQueryData(keys.fees(account.dossierId), account)
  void queryClient.invalidateQueries({ queryKey: ['dossier'] })
  void queryClient.invalidateQueries({ queryKey: ['fees'] })
}

/** A payment's slip, or with null that of what is open, on the printer of slips. */
export function useSlip(dossierId: DossierId) {
  const { t } = useTranslation('fees')
  const { say } = useAnnounce()
  return useMutation({
    mutationFn: (paymentId: PaymentId | null) => api.fees.printSlip({ dossierId, paymentId }),
    onSuccess: ({ outcome }) => {
      say(t(`slip.${outcome}`))
      return queryClient.invalidateQueries({ queryKey: keys.fees(dossierId) })
    },
  })
}
