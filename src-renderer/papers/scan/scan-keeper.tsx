import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftId } from '@contract/ids'
import { keys, queryClient } from '../../app/queries'
import { useAnnounce } from '../../parts'
import { forgetSetups, leaveScans, useScanning } from './use-scanning'
import { type NameOf, useSummaryWords } from './words'

/** Stays mounted as long as the intake of a draft is open: says how scans ended, and stops the one at work when the intake is left. */
export function ScanKeeper({ draftId, nameOf }: { draftId: DraftId; nameOf: NameOf }): ReactNode {
  const { t } = useTranslation('scanner')
  const { say, toast } = useAnnounce()
  const scanning = useScanning(draftId)
  const words = useSummaryWords(scanning, nameOf)
  const ended = scanning.end !== null
  const latest = useRef({ words, say, toast, t })
  useEffect(() => {
    latest.current = { words, say, toast, t }
  })
  useEffect(() => {
    if (!ended) return
    void forgetSetups()
    void queryClient.invalidateQueries({ queryKey: keys.pages(draftId) })
    latest.current.say(latest.current.words)
  }, [ended, draftId])
  useEffect(() => () => {
    const taken = leaveScans(draftId)
    if (taken === null) return
    const { t: words, toast: tell } = latest.current
    tell(taken === 0 ? words('leftNothing') : words('left', { count: taken }))
  }, [draftId])
  return null
}
