import { IconArrowBackUp, IconFilePlus, IconNote, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedbackView } from '@contract/feedback'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Badge, Button, Card, Facts, FailureNote, FormDialog, SyncBadge, TextField } from '../parts'
import { AnswerBy, FeedbackBadge } from './columns'
import { dayOf, momentOf } from './moments'

/** What was said, where it stands, what the city answered, and what can still be done. */
export function Detail({ view }: { view: FeedbackView }): ReactNode {
  const { t } = useTranslation('feedback')
  const { number, kind, content, due, sending, state } = view
  const none = <span className="t3">{t('none', { ns: 'common' })}</span>
  const limit = (at: string | null): ReactNode => (at === null ? none : <span className="num">{dayOf(at)}</span>)
  return (
    <Card title={t(`kind.${kind}`)} fill aside={<FeedbackBadge state={state} />}>
      <div className="col" style={{ gap: 12 }}>
        <div className="row wrap">{number !== null && <b className="code num">{number}</b>}{content.field !== null && <Badge tint="line">{t(`field.${content.field}`)}</Badge>}<AnswerBy row={view} /></div>
        <p className="said">{content.content}</p>
        <Facts width={128} rows={[
          [t('place'), content.place === '' ? none : content.place],
          [t('person'), content.anonymous ? t('isAnonymous') : <>{content.person.name === '' ? none : content.person.name}{content.person.phone !== '' && <span className="num"> · {content.person.phone}</span>}</>],
          [t('takenBy'), <>{view.takenBy}{view.takenAt !== null && <span className="num t2"> · {momentOf(view.takenAt)}</span>}</>],
          [t('photosShort'), view.photoList.length === 0 ? none : view.photoList.map(({ name }) => name).join(', ')],
          ...(sending?.receiptNumber != null ? [[t('receipt'), <span key="receipt" className="num">{sending.receiptNumber}</span>] as const] : []),
          [t('refuseBy'), limit(due.refuseBy)], [t('supplementBy'), limit(due.supplementBy)], [t('answerByTitle'), limit(due.answerBy)],
        ]} />
        {sending && sending.state !== 'received' && <div className="row wrap m"><SyncBadge state={sending.state} />{sending.cityWords !== null && <span className="t2">{sending.cityWords}</span>}</div>}
        <Acts view={view} />
        <Timeline view={view} />
      </div>
    </Card>
  )
}

function Timeline({ view: { timeline } }: { view: FeedbackView }): ReactNode {
  const { t } = useTranslation('feedback')
  return (
    <ol className="told" aria-label={t('timeline')}>
      {timeline.map(({ sequence, kind, state, at, by, note }) => (
        <li key={sequence}><span className="s t2 num">{momentOf(at)} · {by}</span><span className="m"><b>{state === null ? t(`event.${kind}`) : t(`state.${String(state)}`)}</b>{note !== null && note !== '' && `: ${note}`}</span></li>
      ))}
    </ol>
  )
}

type Act = 'supplement' | 'withdraw' | 'note'

function Acts({ view }: { view: FeedbackView }): ReactNode {
  const { t } = useTranslation('feedback')
  const [act, setAct] = useState<Act | null>(null)
  const retry = useMutation({ mutationFn: () => api.feedback.retry({ id: view.id }), onSuccess: (next) => queryClient.setQueryData(keys.feedbackOne(view.id), next) })
  return (
    <>
      <div className="row wrap">
        {view.acts.supplement && <Button small icon={IconFilePlus} onPress={() => setAct('supplement')}>{t('act.supplement')}</Button>}
        {view.acts.withdraw && <Button small icon={IconArrowBackUp} onPress={() => setAct('withdraw')}>{t('act.withdraw')}</Button>}
        {view.acts.retry && <Button small icon={IconRefresh} waitsFor={retry.isPending ? t('sendingAgain') : undefined} onPress={() => retry.mutate()}>{t('act.retry')}</Button>}
        <Button small icon={IconNote} onPress={() => setAct('note')}>{t('act.note')}</Button>
      </div>
      <FailureNote error={retry.error} />
      <FormDialog open={act !== null} title={act === null ? '' : t(`act.${act}`)} onClose={() => setAct(null)}>{act && <WordsForm id={view.id} act={act} onClose={() => setAct(null)} />}</FormDialog>
    </>
  )
}

function WordsForm({ id, act, onClose }: { id: FeedbackView['id']; act: Act; onClose: () => void }): ReactNode {
  const { t } = useTranslation('feedback')
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState(false)
  const missing = words.trim() === ''
  const run = useMutation({
    mutationFn: () => api.feedback[act]({ id, words }),
    onSuccess: (next) => {
      queryClient.setQueryData(keys.feedbackOne(id), next)
      onClose()
    },
  })
  const press = (): void => {
    setAsked(true)
    if (!missing) run.mutate()
  }
  return (
    <div className="col" style={{ gap: 14 }}>
      <p className="m t2">{t(`actHelp.${act}`)}</p>
      <TextField label={t('words')} name="fb-words" lines={4} value={words} maxLength={2000} onChange={setWords} required autoFocus fault={asked && missing ? t('wordsMissing') : undefined} />
      <FailureNote error={run.error} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
        <Button kind={act === 'withdraw' ? 'danger' : 'primary'} keys="Ctrl+Enter" waitsFor={run.isPending ? t('keeping') : undefined} onPress={press}>{t(`act.${act}`)}</Button>
      </div>
    </div>
  )
}
