import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReportWish } from '@contract/reports'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useAnnounce } from '../parts'

export type ReportActs = Readonly<{ busy: 'print' | 'pdf' | 'xlsx' | null; error: unknown; print(): void; savePdf(): void; saveXlsx(): void }>

const fresh = async (): Promise<void> => {
  await Promise.all([queryClient.invalidateQueries({ queryKey: keys.reportsMade }), queryClient.invalidateQueries({ queryKey: keys.reportsDue })])
}

/** A report to the printer of reports, or into a file; what became of it is said. */
export function useReportActs(wish: ReportWish): ReportActs {
  const { t } = useTranslation('reports')
  const { say } = useAnnounce()
  const print = useMutation({
    mutationFn: () => api.reports.print(wish),
    onSuccess: ({ outcome }) => {
      say(t(`printing.${outcome}`))
      return fresh()
    },
  })
  const told = { onSuccess: ({ outcome }: { outcome: 'saved' | 'cancelled' }) => { say(t(`saving.${outcome}`)); return fresh() } }
  const pdf = useMutation({ mutationFn: () => api.reports.savePdf(wish), ...told })
  const xlsx = useMutation({ mutationFn: () => api.reports.saveXlsx(wish), ...told })
  const all = [print, pdf, xlsx]
  const begin = (act: { mutate: () => void }) => (): void => {
    if (all.some(({ isPending }) => isPending)) return
    for (const each of all) each.reset()
    act.mutate()
  }
  return {
    busy: print.isPending ? 'print' : pdf.isPending ? 'pdf' : xlsx.isPending ? 'xlsx' : null, error: print.error ?? pdf.error ?? xlsx.error,
    print: begin(print), savePdf: begin(pdf), saveXlsx: begin(xlsx),
  }
}
