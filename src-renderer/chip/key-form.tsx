import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatIdNumber } from '@contract/format'
import { Button, Check, focusField, Segmented, TextField } from '../parts'
import { tidyDate } from '../intake/tidy'
import { type CardFacts, type KeyFault, keyOfTyped, type KeyWay, NO_TYPED_KEY, type TypedKey } from './keys'
import { useCounter } from './use-counter'

const WAYS: readonly KeyWay[] = ['expiry', 'mrz', 'can']

type Props = Readonly<{
  facts: CardFacts | null
  first?: KeyWay
  focus: boolean
  /** What was typed before and did not open the chip: it stands there again to be mended. */
  before?: TypedKey | null
  onTyped?: (typed: TypedKey) => void
  onClose?: (() => void) | undefined
}>

/** What opens the chip, by hand: the expiry date beside what the QR says, the three lines of the back, or the CAN. Enter reads. */
export function KeyForm({ facts, first, focus, before = null, onTyped, onClose }: Props): ReactNode {
  const { t } = useTranslation('chip')
  const counter = useCounter()
  const [typed, setTyped] = useState<TypedKey>({ ...(before ?? NO_TYPED_KEY), way: first ?? (facts === null ? 'mrz' : 'expiry') })
  const [fault, setFault] = useState<KeyFault | null>(null)
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) form.current?.querySelector<HTMLElement>('[name^="chip."]')?.focus()
  }, [focus])
  const change = (part: Partial<typeof typed>): void => {
    setTyped((now) => ({ ...now, ...part }))
    setFault(null)
  }
  const read = (): void => {
    const built = keyOfTyped(typed, facts)
    if ('key' in built) {
      onTyped?.(typed)
      return counter.read(built.key)
    }
    setFault(built.fault)
    focusField(`chip.${built.fault.field}`)
  }
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    // The lines of the MRZ are ended with Enter; the last one is followed by Ctrl Enter or the button.
    if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || event.target.tagName === 'BUTTON') return
    event.stopPropagation()
    if (event.target.tagName === 'TEXTAREA' && !isWhole(typed.mrz)) return
    event.preventDefault()
    read()
  }
  const faultOf = (field: KeyWay): string | undefined => (fault?.field === field ? t(`key.fault.${fault.code}`) : undefined)
  const help = typed.way === 'mrz' ? t('key.mrzHelp') : typed.way === 'expiry' && facts !== null ? t('key.of', { number: formatIdNumber(facts.idNumber) }) : null
  return (
    <div className="keyform" role="group" aria-label={t('key.title')} onKeyDown={press} ref={form}>
      <div className="ways">
        <p className="m w6">{t('key.title')}</p>
        <Segmented label={t('key.title')} value={typed.way} options={WAYS.map((value) => ({ value, label: t(`key.way.${value}`) }))} onChange={(way) => change({ way })} />
        {help !== null && <p className="s t2">{help}</p>}
      </div>
      <div className="grow">
        {typed.way === 'expiry' && (
          <div className="row" style={{ gap: 12, alignItems: 'flex-start' }}>
            <div className="date"><TextField label={t('key.expiry')} name="chip.expiry" inputMode="numeric" placeholder="14032032" value={typed.endless ? '' : typed.expiry} fault={faultOf('expiry')} onChange={(expiry) => change({ expiry, endless: false })} onLeave={() => setTyped((now) => ({ ...now, expiry: tidyDate(now.expiry) }))} /></div>
            <div className="endless"><Check label={t('key.endless')} name="chip.endless" checked={typed.endless} onChange={(endless) => change({ endless })} /></div>
          </div>
        )}
        {typed.way === 'mrz' && <TextField label={t('key.mrz')} name="chip.mrz" lines={3} maxLength={100} value={typed.mrz} fault={faultOf('mrz')} onChange={(mrz) => change({ mrz })} />}
        {typed.way === 'can' && <div className="date"><TextField label={t('key.can')} name="chip.can" inputMode="numeric" maxLength={12} value={typed.can} fault={faultOf('can')} onChange={(can) => change({ can })} /></div>}
      </div>
      <div className="row acts">
        {onClose && <Button small kind="ghost" onPress={onClose}>{t('key.close')}</Button>}
        <Button small caps="Enter" onPress={read}>{t('key.read')}</Button>
      </div>
    </div>
  )
}

/** Two lines of 30 characters hold all that the key needs; three are the whole back of a card. */
const isWhole = (mrz: string): boolean => mrz.replace(/\s/gu, '').length >= 90 || mrz.trim().split('\n').length >= 3
