import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { IssuedForm } from '@contract/handling'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { useSettings } from '../app/session'

export type FormPrinting = Readonly<{ busy: boolean; error: unknown; said: string | null; print(): void; save(): void }>

/** An issued form on the printer of receipts, or as a file. */
export function useFormPrinting({ id: formId }: Pick<IssuedForm, 'id'>): FormPrinting {
  const { t } = useTranslation('acts')
  const { data: settings } = useSettings()
  const paper = settings?.printing.receipt.paper ?? 'A5'
  const fresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['dossier'] })
  const print = useMutation({ mutationFn: () => api.handling.print({ formId, paper }), onSuccess: fresh })
  const save = useMutation({ mutationFn: () => api.handling.save({ formId, paper }), onSuccess: fresh })
  return {
    busy: print.isPending || save.isPending,
    error: print.error ?? save.error,
    said: print.data ? t(`issued.${print.data.outcome}`) : save.data ? t(save.data.outcome === 'saved' ? 'issued.saved' : 'issued.notSaved') : null,
    print: () => { save.reset(); print.mutate() },
    save: () => { print.reset(); save.mutate() },
  }
}
