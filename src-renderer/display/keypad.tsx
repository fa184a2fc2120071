import { type ReactNode, useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHold } from './use-hold'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
/** How long "Xóa" is held to stop. */
const STOP_MS = 3000

type Props = Readonly<{ ready: boolean; disabled: boolean; onDigit(digit: number): void; onDelete(): void; onStop(): void; onDone(): void }>

/** The number pad on the screen; that of a keyboard and a PIN pad work beside it. */
export function Keypad({ ready, disabled, onDigit, onDelete, onStop, onDone }: Props): ReactNode {
  const { t } = useTranslation('display')
  const remove = useCallback(() => {
    if (!disabled) onDelete()
  }, [disabled, onDelete])
  const hold = useHold(STOP_MS, remove, onStop)
  useKeys({ ready, disabled, onDigit, onDone, press: hold.press, release: hold.release })
  const key = (digit: number): ReactNode => <button key={digit} type="button" disabled={disabled} onClick={() => onDigit(digit)}>{digit}</button>
  return (
    // A key that was touched must not keep the focus: Enter of a number pad would touch it again.
    <section className="keypad" aria-label={t('pin.keypad')} onMouseDown={(event) => event.preventDefault()}>
      {DIGITS.map(key)}
      <button
        type="button" className={hold.holding ? 'word delete holding' : 'word delete'} aria-description={t('pin.deleteHint')} onContextMenu={(event) => event.preventDefault()}
        onPointerDown={(event) => event.button === 0 && hold.press()} onPointerUp={hold.release} onPointerLeave={hold.drop} onPointerCancel={hold.drop}
        onClick={(event) => event.detail === 0 && remove()}
      >
        <span>{t('pin.delete')}</span>
      </button>
      {key(0)}
      <button type="button" className={ready ? 'word go' : 'word'} aria-disabled={!ready || disabled} onClick={onDone}>{t('pin.ready')}</button>
      <p className="sr" role="status">{hold.holding && t('pin.stopping')}</p>
    </section>
  )
}

type Keys = Pick<Props, 'ready' | 'disabled' | 'onDigit' | 'onDone'> & Readonly<{ press(): void; release(): void }>

const takesBack = (key: string): boolean => key === 'Backspace' || key === 'Delete'
/** A key that belongs to the button in focus, as Enter does. */
const isOnButton = (event: KeyboardEvent): boolean => event.target instanceof HTMLButtonElement

function useKeys({ disabled, onDigit, onDone, press, release }: Keys): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      if (takesBack(event.key)) press()
      else if (/^\d$/.test(event.key)) {
        if (!disabled) onDigit(Number(event.key))
      } else if (event.key === 'Enter' && !isOnButton(event)) onDone()
      else return
      event.preventDefault()
    }
    const up = (event: KeyboardEvent): void => {
      if (takesBack(event.key)) release()
    }
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
    }
  }, [disabled, onDigit, onDone, press, release])
}
