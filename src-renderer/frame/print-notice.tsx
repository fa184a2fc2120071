import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintState } from '@contract/printing'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useSession } from '../app/session'
import { useAnnounce } from '../parts'
import { usePrintTitle, usePrintWords } from '../settings/print-words'

/** The newest jobs; older ones are in the log. */
const LOOKED_AT = 10
const NEEDS_SOMEBODY: ReadonlySet<PrintState> = new Set<PrintState>(['waiting', 'failed'])

/** A print that its printer holds or loses is said wherever the officer is by then, once. */
export function PrintNotice(): null {
  const { t } = useTranslation('frame')
  const { toast } = useAnnounce()
  const navigate = useNavigate()
  const words = usePrintWords()
  const titleOf = usePrintTitle()
  const { data: session } = useSession()
  const { data: jobs } = useQuery({ queryKey: [...keys.printLog, LOOKED_AT], queryFn: () => api.printing.log({ limit: LOOKED_AT }), enabled: session?.locked === false })
  const known = useRef<ReadonlyMap<string, PrintState> | null>(null)
  useEffect(() => {
    if (!jobs) return
    const before = known.current
    known.current = new Map(jobs.map(({ id, state }) => [id, state]))
    if (before === null) return
    for (const job of jobs) {
      if (!NEEDS_SOMEBODY.has(job.state) || before.get(job.id) === job.state) continue
      toast(t('printTrouble', { title: titleOf(job.title), words: words(job) }), { label: t('printLog'), run: () => void navigate({ to: '/settings', hash: 'printing' }) })
    }
  }, [jobs, navigate, t, titleOf, toast, words])
  return null
}
