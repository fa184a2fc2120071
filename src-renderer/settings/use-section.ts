import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@contract/settings'
import { keys, queryClient } from '../app/queries'
import { useAnnounce } from '../parts'
import type { Faults } from './faults'
import { type SectionForm, useUnsaved } from './section'

type Use<Draft> = Readonly<{
  stored: Draft
  check: (draft: Draft) => Faults
  send: (draft: Draft) => Promise<Settings>
  /** The draft of what the core has kept: tidied, as it stands now. */
  read: (settings: Settings) => Draft
}>

/** A form over a part of the settings: knows what is unsaved, what is wrong, and saves. */
export function useSection<Draft>({ stored, check, send, read }: Use<Draft>): { draft: Draft; setDraft: (draft: Draft) => void; form: SectionForm } {
  const { t } = useTranslation('common')
  const { say } = useAnnounce()
  const [draft, set] = useState(stored)
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const dirty = JSON.stringify(draft) !== JSON.stringify(stored)
  useUnsaved(dirty)
  const setDraft = (next: Draft): void => {
    set(next)
    setSaved(false)
  }
  const keep = async (): Promise<void> => {
    setBusy(true)
    try {
      const settings = await send(draft)
      queryClient.setQueryData(keys.settings, settings)
      await queryClient.invalidateQueries({ queryKey: keys.gate })
      set(read(settings))
      setSaved(true)
      say(t('saved'))
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const save = (): void => {
    const found = check(draft)
    setFaults(found)
    setError(null)
    if (busy || Object.keys(found).length > 0) return
    if (dirty) void keep()
    else say(t('saved'))
  }
  const undo = (): void => {
    set(stored)
    setFaults({})
    setError(null)
  }
  return { draft, setDraft, form: { dirty, busy, saved, error, faults, save, undo } }
}
