import { IconEdit, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FEEDBACK_FIELDS, FEEDBACK_KINDS, type FeedbackField, type FeedbackGap, type FeedbackView } from '@contract/feedback'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, Card, Check, FailureNote, FaultSummary, focusField, ProblemNote, Segmented, SelectField, TextField, useAnnounce } from '../parts'
import { ShowCard } from '../show/show-card'
import { useDisplay, useDisplayActs } from '../show/use-display'
import { Photos } from './photos'
import { type FeedbackDraft, useFeedbackDraft } from './use-draft'

/** The field of the form that a gap is mended in. */
const FIELD_OF: Readonly<Record<FeedbackGap, string>> = { field: 'fb-field', content: 'fb-content', place: 'fb-place', name: 'fb-name', phone: 'fb-phone', 'consent-photos': 'fb-photos' }

/** Written down while the citizen speaks; saved as it is typed. */
export function Editor({ first, onGone }: { first: FeedbackView; onGone: () => void }): ReactNode {
  const { t } = useTranslation('feedback')
  const { say } = useAnnounce()
  const draft = useFeedbackDraft(first)
  const [stopped, setStopped] = useState<{ attempt: number; gaps: readonly FeedbackGap[] }>({ attempt: 0, gaps: [] })
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['feedback'] })
  const submit = useMutation({
    mutationFn: async () => {
      const { view, saved, problem } = await draft.store.flush()
      if (saved === 'failed' && problem !== null) return null
      setStopped(({ attempt }) => ({ attempt: attempt + 1, gaps: view.missing }))
      return view.missing.length > 0 ? null : api.feedback.submit({ id: view.id, revision: view.revision })
    },
    onSuccess: async (view) => {
      if (view === null) return
      say(t('submitted', { number: view.number ?? '' }))
      await refresh()
    },
  })
  const discard = useMutation({ mutationFn: () => api.feedback.discardDraft({ id: first.id }), onSuccess: () => { onGone(); return refresh() } })
  const { view: kept, saved, problem } = draft.state
  const open = stopped.gaps.filter((gap) => kept.missing.includes(gap))
  const display = useDisplay()
  const show = useDisplayActs()
  return (
    <>
      <Card title={t('newTitle')} icon={IconEdit} fill>
        <div className="col" style={{ gap: 12 }}>
          {open.length > 0 && <FaultSummary title={t('gapTitle', { count: open.length })} attempt={stopped.attempt} faults={open.map((gap) => ({ field: FIELD_OF[gap], words: t(`missing.${gap}`) }))} onGo={focusField} />}
          <Form draft={draft} />
          <FailureNote error={submit.error ?? discard.error} />
          {saved === 'failed' && problem && <ProblemNote problem={problem} focus={false} />}
        </div>
      </Card>
      {display?.attached === true && <ShowCard display={display} acts={show} wish={{ kind: 'consent', sheet: 'phan-anh', draftId: null }} />}
      <div className="bar">
        <span className="s t2 grow" role="status">{t(`saved.${saved}`)}</span>
        <Button icon={IconTrash} label={t('discard')} onPress={() => discard.mutate()}>{t('discardShort')}</Button>
        <Button kind="primary" icon={IconSend} keys="Ctrl+Enter" waitsFor={submit.isPending ? t('submitting') : undefined} onPress={() => submit.mutate()}>{t('submit')}</Button>
      </div>
    </>
  )
}

function Form({ draft }: { draft: FeedbackDraft }): ReactNode {
  const { t } = useTranslation('feedback')
  const { state: { content }, edit } = draft
  const { kind, field, place, anonymous, person, consent } = content
  const fields = [{ value: '', label: t('chooseField') }, ...FEEDBACK_FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))] as const
  return (
    <>
      <Segmented label={t('kindTitle')} value={kind} onChange={(next) => edit({ kind: next })} options={FEEDBACK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      <SelectField<'' | FeedbackField> label={t('fieldTitle')} name="fb-field" value={field ?? ''} options={fields} onChange={(next) => edit({ field: next === '' ? null : next })} />
      <TextField label={t('content')} name="fb-content" lines={3} value={content.content} maxLength={5000} onChange={(next) => edit({ content: next })} required autoFocus hint={t('contentHint')} />
      <TextField label={t('place')} name="fb-place" value={place} maxLength={500} onChange={(next) => edit({ place: next })} hint={t('placeHint')} />
      <Photos draft={draft} />
      <Check label={t('anonymous')} checked={anonymous} onChange={(next) => edit({ anonymous: next })} />
      {!anonymous && (
        <div className="two">
          <TextField label={t('name')} name="fb-name" value={person.name} maxLength={200} onChange={(name) => edit({ person: { ...person, name } })} />
          <TextField label={t('phone')} name="fb-phone" type="tel" inputMode="tel" value={person.phone} maxLength={30} onChange={(phone) => edit({ person: { ...person, phone } })} />
        </div>
      )}
      <fieldset className="consents">
        <legend className="lbl">{t('consent.title')}</legend>
        {!anonymous && <Check label={t('consent.contact')} checked={consent.contact} onChange={(contact) => edit({ consent: { ...consent, contact } })} />}
        <Check label={t('consent.publish')} checked={consent.publish} onChange={(publish) => edit({ consent: { ...consent, publish } })} />
        <Check label={t('consent.photos')} name="fb-photos" checked={consent.photos} onChange={(photos) => edit({ consent: { ...consent, photos } })} />
      </fieldset>
    </>
  )
}
