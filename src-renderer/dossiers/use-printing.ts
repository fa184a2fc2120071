import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useSettings } from '../app/session'
import { useAnnounce } from '../parts'

export type Printing = Readonly<{ busy: boolean; error: unknown; print(): void; save(): void }>

/** Mẫu 01 on the printer of the settings, or as a file. The second print and every later one is a reprint and says so on the paper. */
export function usePrinting({ id, printed }: Pick<DossierView, 'id' | 'printed'>): Printing {
  const { t } = useTranslation('dossier')
  const { say } = useAnnounce()
  const { data: settings } = useSettings()
  const receipt = settings?.printing.receipt
  const paper = receipt?.paper ?? 'A5'
  const fresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: keys.dossier(id) })
  const print = useMutation({
    mutationFn: () => api.paper.printReceipt({ dossierId: id, paper, printer: receipt?.printer ?? null, silent: receipt?.silent ?? false }),
    onSuccess: (result) => {
      say(t(result.outcome === 'cancelled' ? 'print.cancelled' : printed === 0 ? 'print.first' : 'print.again', { count: result.printed - 1 }))
      return fresh()
    },
  })
  const save = useMutation({
    mutationFn: () => api.paper.saveReceipt({ dossierId: id, paper }),
    onSuccess: ({ outcome }) => {
      say(t(outcome === 'saved' ? 'print.saved' : 'print.notSaved'))
      return fresh()
    },
  })
  return {
    busy: print.isPending || save.isPending,
    error: print.error ?? save.error,
    print: () => { save.reset(); print.mutate() },
    save: () => { print.reset(); save.mutate() },
  }
}
