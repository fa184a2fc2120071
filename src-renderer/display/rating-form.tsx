import { IconCheck, IconMoodEmpty, IconMoodHappy, IconMoodSad, IconMoodSmile, IconMoodUnamused, IconPencil, IconSend, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Address, RatingReason } from '@contract/display'
import { Keyboard, Title } from '../hall'

/** The contract's reasons, without loading its schemas into a window that must stay small. */
const REASONS = ['attitude', 'speed', 'clarity', 'correctness', 'place'] as const satisfies readonly RatingReason[]
const CHOICES = [[5, IconMoodHappy], [4, IconMoodSmile], [3, IconMoodEmpty], [2, IconMoodUnamused], [1, IconMoodSad]] as const
type Stars = (typeof CHOICES)[number][0]
/** From here on something was good. */
const GOOD = 4
const MOST_LETTERS = 1000

export type Rated = Readonly<{ stars: number; reasons: RatingReason[]; comment: string }>
type Props = Readonly<{ address: Address; subject: string; busy: boolean; trouble: ReactNode; onRate: (rated: Rated) => void; onNone: () => void }>

/** Five choices in words; then, for who wants to, why, and a few words. Used on the citizen's display and at the kiosk. */
export function RatingForm({ address, subject, busy, trouble, onRate, onNone }: Props): ReactNode {
  const [stars, setStars] = useState<Stars | null>(null)
  const [reasons, setReasons] = useState<readonly RatingReason[]>([])
  const [comment, setComment] = useState('')
  const [writing, setWriting] = useState(false)
  if (stars === null) return <Choices address={address} subject={subject} busy={busy} trouble={trouble} onStars={setStars} onNone={onNone} />
  if (writing) return <Comment address={address} comment={comment} onComment={setComment} onDone={() => setWriting(false)} />
  return (
    <Reasons
      stars={stars} reasons={reasons} comment={comment} address={address} busy={busy} trouble={trouble} onReasons={setReasons} onWrite={() => setWriting(true)}
      onBack={() => setStars(null)} onSend={() => onRate({ stars, reasons: [...reasons], comment: comment.trim() })}
    />
  )
}

function Choices({ address, subject, busy, trouble, onStars, onNone }: Pick<Props, 'address' | 'subject' | 'busy' | 'trouble' | 'onNone'> & { onStars: (stars: Stars) => void }): ReactNode {
  const { t } = useTranslation('display')
  return (
    <main className="rating">
      <div className="card ask scroll">
        <Title>{t('rating.title', { address: t(`address.${address}`) })}</Title>
        {subject !== '' && <p className="lead t2">{t('rating.subject', { subject })}</p>}
        <div className="choices">
          {CHOICES.map(([value, Icon]) => (
            <button key={value} type="button" className={`choice of-${value}`} disabled={busy} onClick={() => onStars(value)}><Icon className="i xl" aria-hidden /><span>{t(`rating.stars.${value}`)}</span></button>
          ))}
        </div>
      </div>
      {trouble}
      <div className="acts"><button type="button" className="big second" disabled={busy} onClick={onNone}><IconX className="i lg" aria-hidden />{t('rating.none')}</button></div>
    </main>
  )
}

type ReasonsProps = Pick<Props, 'address' | 'busy' | 'trouble'> &
  Readonly<{ stars: Stars; reasons: readonly RatingReason[]; comment: string; onReasons(reasons: readonly RatingReason[]): void; onWrite(): void; onBack(): void; onSend(): void }>

function Reasons({ stars, reasons, comment, address, busy, trouble, onReasons, onWrite, onBack, onSend }: ReasonsProps): ReactNode {
  const { t } = useTranslation('display')
  const Icon = CHOICES.find(([value]) => value === stars)?.[1] ?? IconMoodEmpty
  const words = { address: t(`address.${address}`) }
  return (
    <main className="rating">
      <div className="card ask scroll">
        <div className="chosen"><p><Icon className="i lg" aria-hidden /><b>{t(`rating.stars.${stars}`)}</b></p><button type="button" className="small-act" disabled={busy} onClick={onBack}>{t('rating.change')}</button></div>
        <Title>{stars >= GOOD ? t('rating.good', words) : t('rating.bad')}</Title>
        <p className="lead t2">{t('rating.several')}</p>
        <div className="reasons">
          {REASONS.map((reason) => {
            const on = reasons.includes(reason)
            return (
              <button key={reason} type="button" className="small-act" aria-pressed={on} disabled={busy} onClick={() => onReasons(on ? reasons.filter((other) => other !== reason) : [...reasons, reason])}>
                <span className="tick">{on && <IconCheck className="i" aria-hidden />}</span>{t(`rating.reason.${reason}`)}
              </button>
            )
          })}
          <button type="button" className="small-act write" disabled={busy} onClick={onWrite}><IconPencil className="i" aria-hidden />{comment.trim() === '' ? t('rating.comment') : t('rating.commentEdit')}</button>
        </div>
        {comment.trim() !== '' && <p className="comment">{comment.trim()}</p>}
      </div>
      {trouble}
      <div className="acts"><button type="button" className="big" disabled={busy} onClick={onSend}><IconSend className="i lg" aria-hidden />{busy ? t('sending') : t('rating.send')}</button></div>
    </main>
  )
}

function Comment({ address, comment, onComment, onDone }: { address: Address; comment: string; onComment: (text: string) => void; onDone: () => void }): ReactNode {
  const { t } = useTranslation('display')
  const text = useRef<HTMLTextAreaElement>(null)
  useEffect(() => text.current?.focus(), [])
  useEffect(() => {
    // What the keys on the screen wrote stays in sight.
    if (text.current) text.current.scrollTop = text.current.scrollHeight
  }, [comment])
  return (
    <main className="rating writing">
      <h1 className="sr">{t('rating.commentTitle', { address: t(`address.${address}`) })}</h1>
      <div className="write-row">
        <label className="card"><span className="t2">{t('rating.commentTitle', { address: t(`address.${address}`) })}. {t('rating.commentHint')}</span>
          <textarea ref={text} value={comment} maxLength={MOST_LETTERS} autoComplete="off" spellCheck={false} onChange={(event) => onComment(event.target.value)} />
        </label>
        <button type="button" className="big" onClick={onDone}><IconCheck className="i lg" aria-hidden />{t('rating.commentDone')}</button>
      </div>
      <Keyboard text={comment} most={MOST_LETTERS} onText={onComment} />
    </main>
  )
}
