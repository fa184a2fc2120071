import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Sheet } from '@contract/calls-capture'
import { api } from '../app/api'
import { useSettings } from '../app/session'
import { useAnnounce } from '../parts'

/** Prints a separator sheet, or the sheet that readers are tried with, on the printer of reports. */
export function usePrintSheet(sheet: Sheet) {
  const { t } = useTranslation('codes')
  const { say } = useAnnounce()
  const { data: settings } = useSettings()
  const print = useMutation({
    mutationFn: () => api.codes.printSheet({ sheet, printer: settings?.printing.report.printer ?? null, silent: false, paper: 'A4' }),
    onSuccess: ({ outcome }) => say(t(outcome === 'printed' ? 'printed' : 'notPrinted')),
  })
  return { print: () => print.mutate(), waitsFor: print.isPending ? t('printing') : undefined, error: print.error }
}
