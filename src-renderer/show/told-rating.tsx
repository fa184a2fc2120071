import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RATING_REASONS, type RatingReason } from '@contract/display'
import type { DossierId } from '@contract/ids'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, Check, FailureNote, focusField, FormDialog, TextField, useAnnounce } from '../parts'
import './rating.css'

const STARS = [5, 4, 3, 2, 1] as const
type Stars = (typeof STARS)[number]
const MOST_LETTERS = 1000

export type ToldOf = Readonly<{ dossierId: DossierId; subject: string }>

/** Keeps what a citizen said, or that they would not (`stars` null). */
export function useTell(onKept: () => void) {
  const { t } = useTranslation('show')
  const { say } = useAnnounce()
  return useMutation({
    mutationFn: (told: Readonly<{ dossierId: DossierId; stars: Stars | null; reasons: RatingReason[]; comment: string }>) => api.feedback.rate(told),
    onSuccess: (_kept, { stars }) => {
      say(t(stars === null ? 'told.refused' : 'told.kept'))
      onKept()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['feedback'] }),
  })
}

/** The officer writes down what the citizen says of the service. `of` null: closed. */
export function ToldRating({ of, onClose }: Readonly<{ of: ToldOf | null; onClose: () => void }>): ReactNode {
  const { t } = useTranslation('show')
  return <FormDialog open={of !== null} title={t('told.title')} onClose={onClose}>{of && <Form key={of.dossierId} of={of} onClose={onClose} />}</FormDialog>
}

function Form({ of: { dossierId, subject }, onClose }: Readonly<{ of: ToldOf; onClose: () => void }>): ReactNode {
  const { t } = useTranslation('show')
  const [stars, setStars] = useState<Stars | null>(null)
  const [reasons, setReasons] = useState<readonly RatingReason[]>([])
  const [comment, setComment] = useState('')
  const [asked, setAsked] = useState(false)
  const tell = useTell(onClose)
  const keep = (): void => {
    setAsked(true)
    if (stars === null) focusField('rating.stars')
    else tell.mutate({ dossierId, stars, reasons: [...reasons], comment: comment.trim() })
  }
  return (
    <div className="col" style={{ gap: 14 }}>
      <p className="m">{t('told.subject', { subject })}</p>
      <Levels stars={stars} missing={asked && stars === null} onStars={setStars} />
      {stars !== null && <Reasons stars={stars} reasons={reasons} onReasons={setReasons} />}
      <TextField name="rating.comment" label={t('told.comment')} hint={t('told.commentHint')} lines={2} maxLength={MOST_LETTERS} value={comment} onChange={setComment} />
      <FailureNote error={tell.error} />
      <div className="row wrap">
        <Button onPress={() => tell.mutate({ dossierId, stars: null, reasons: [], comment: '' })}>{t('told.refuse')}</Button>
        <span className="end row">
          <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
          <Button kind="primary" keys="Ctrl+Enter" waitsFor={tell.isPending ? t('told.keeping') : undefined} onPress={keep}>{t('told.keep')}</Button>
        </span>
      </div>
    </div>
  )
}

function Levels({ stars, missing, onStars }: Readonly<{ stars: Stars | null; missing: boolean; onStars: (stars: Stars) => void }>): ReactNode {
  const { t } = useTranslation('show')
  const { t: display } = useTranslation('display')
  return (
    <fieldset className="told-levels" aria-describedby={missing ? 'told-missing' : undefined}>
      <legend className="lbl">{t('told.level')}</legend>
      {STARS.map((level, index) => (
        <label key={level} className="choice">
          <input type="radio" name="rating.stars" checked={stars === level} data-autofocus={index === 0} onChange={() => onStars(level)} />{display(`rating.stars.${String(level)}`)}
        </label>
      ))}
      {missing && <p className="fault" id="told-missing">{t('told.missing')}</p>}
    </fieldset>
  )
}

/** From here on something was good. */
const GOOD = 4

function Reasons({ stars, reasons, onReasons }: Readonly<{ stars: Stars; reasons: readonly RatingReason[]; onReasons: (reasons: readonly RatingReason[]) => void }>): ReactNode {
  const { t } = useTranslation('show')
  const { t: display } = useTranslation('display')
  return (
    <fieldset className="told-levels wide">
      <legend className="lbl">{t(stars >= GOOD ? 'told.good' : 'told.bad')}</legend>
      {RATING_REASONS.map((reason) => (
        <Check
          key={reason} label={display(`rating.reason.${reason}`)} checked={reasons.includes(reason)}
          onChange={(on) => onReasons(on ? [...reasons, reason] : reasons.filter((other) => other !== reason))}
        />
      ))}
    </fieldset>
  )
}
