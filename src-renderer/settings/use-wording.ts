import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatDate } from '@contract/format'
import type { FormView } from '@contract/forms'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { focusField, useAnnounce } from '../parts'
import { changeOf, readStart, sameWording, wordingDraft, type WordingDraft } from './wordings-draft'

const today = (): string => toCivil(new Date()).date

export type WordingWork = Readonly<{
  view: FormView; draft: WordingDraft; setDraft: (draft: WordingDraft) => void
  /** The day as typed, and what it means; null when it is no day or one that has passed. */
  day: string; start: string | null; dayFault: string | undefined; setDay: (day: string) => void; readDay: () => void
  dirty: boolean; saved: boolean; saving: boolean; error: unknown
  /** False, and said at the field, while the day is none to keep it from. */
  mayKeep: () => boolean
  /** The last attempt to keep it found faults; `attempt` counts them. */
  refused: boolean; attempt: number
  save: () => void; undo: () => void; toOfficial: () => void
}>

/** A form's wording being written: what is unsaved, from when on it shall hold, and keeping it as the next edition. */
export function useWordingWork(opened: FormView): WordingWork {
  const { t } = useTranslation('wordings')
  const { say } = useAnnounce()
  const [view, setView] = useState(opened)
  const [draft, set] = useState(() => wordingDraft(opened))
  const [day, setDay] = useState(() => formatDate(today()))
  const [dayFault, setDayFault] = useState<string>()
  const [work, setWork] = useState<{ saving: boolean; saved: boolean; error: unknown }>({ saving: false, saved: false, error: null })
  const [refused, setRefused] = useState({ refused: false, attempt: 0 })
  const { form } = view.brief
  const typed = readStart(day, today())
  const start = typed !== null && typed >= today() ? typed : null
  const dirty = !sameWording(draft, wordingDraft(view))
  const setDraft = (next: WordingDraft): void => {
    set(next)
    setWork((now) => ({ ...now, saved: false }))
  }
  const dayWords = (): string | undefined => (start !== null ? undefined : t(typed === null ? 'dayUnread' : 'dayPassed'))
  const readDay = (): void => {
    if (typed !== null) setDay(formatDate(typed))
    setDayFault(dayWords())
  }
  const mayKeep = (): boolean => {
    setDayFault(dayWords())
    if (start === null) focusField('wording.effectiveFrom')
    return start !== null
  }
  const keep = async (make: (effectiveFrom: string) => Promise<FormView>, words: string): Promise<void> => {
    if (work.saving || !mayKeep() || start === null) return
    setWork({ saving: true, saved: false, error: null })
    try {
      const next = await make(start)
      queryClient.setQueryData(keys.form(form), next)
      setView(next)
      set(wordingDraft(next))
      setWork({ saving: false, saved: true, error: null })
      setRefused((now) => ({ ...now, refused: false }))
      say(words)
      void queryClient.invalidateQueries({ queryKey: keys.forms, exact: true })
    } catch (error) {
      setWork({ saving: false, saved: false, error })
    }
  }
  const saveNow = async (): Promise<void> => {
    const change = changeOf(draft)
    try {
      const faults = await api.forms.check({ form, change })
      setRefused((now) => ({ refused: faults.length > 0, attempt: now.attempt + 1 }))
      if (faults.length > 0) return
    } catch (error) {
      setWork({ saving: false, saved: false, error })
      return
    }
    await keep((effectiveFrom) => api.forms.save({ form, change, effectiveFrom }), t('savedSaid'))
  }
  return {
    view, draft, setDraft, day, start, dayFault, setDay, readDay, dirty, ...work, ...refused, mayKeep,
    save: () => { if (dirty) void saveNow(); else say(t('clean')) },
    undo: () => { setDraft(wordingDraft(view)); setRefused((now) => ({ ...now, refused: false })) },
    toOfficial: () => void keep((effectiveFrom) => api.forms.official({ form, effectiveFrom }), t('officialSaid')),
  }
}
