import { IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatDate } from '@contract/format'
import { queryClient } from '../app/queries'
import { Button, focusField, Note, TextField } from '../parts'

const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
const tidy = (typed: string): string => typed.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '').replaceAll(/[OIL]/gu, (letter) => LOOKALIKES[letter] ?? letter)

/** Two different places of the key to ask for, in order. */
function twoPlaces(count: number): readonly [number, number] {
  const [first = 0, second = 0] = crypto.getRandomValues(new Uint32Array(2))
  const one = first % count
  const other = (one + 1 + (second % (count - 1))) % count
  return one < other ? [one, other] : [other, one]
}

/** The recovery key, once: to be printed or written down, and proven by two of its groups. */
export function RecoveryKey({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }): ReactNode {
  const { t } = useTranslation('first-run')
  const groups = recoveryKey.split('-')
  const [places] = useState(() => twoPlaces(groups.length))
  const [typed, setTyped] = useState<readonly [string, string]>(['', ''])
  const [asked, setAsked] = useState(false)
  const right = (at: 0 | 1): boolean => tidy(typed[at]) === groups[places[at]]
  const confirm = (): void => {
    setAsked(true)
    if (!right(0)) return focusField('group0')
    if (!right(1)) return focusField('group1')
    void queryClient.invalidateQueries().then(onDone)
  }
  const field = (at: 0 | 1): ReactNode => (
    <TextField
      name={`group${String(at)}`} label={t('group', { place: places[at] + 1 })} value={typed[at]} maxLength={12} autoFocus={at === 0}
      fault={asked && !right(at) ? t('groupWrong', { place: places[at] + 1 }) : undefined}
      onChange={(value) => setTyped(at === 0 ? [value, typed[1]] : [typed[0], value])}
    />
  )
  return (
    <form className="col" style={{ gap: 16 }} onSubmit={(event) => { event.preventDefault(); confirm() }}>
      <Note tint="warn">{t('keyOnce')}</Note>
      <div className="recovery" role="group" aria-label={t('step.key')}>{groups.map((group, index) => <div key={index}><span>{index + 1}</span>{group}</div>)}</div>
      <div className="row"><Button icon={IconPrinter} onPress={() => window.print()} keys="Ctrl+P">{t('print')}</Button><span className="s t2">{t('printHint')}</span></div>
      <p className="w6">{t('proof')}</p>
      <div className="row" style={{ gap: 16, alignItems: 'flex-start', maxWidth: 560 }}>{field(0)}{field(1)}</div>
      <div className="row" style={{ justifyContent: 'flex-end' }}><Button kind="primary" onPress={confirm} keys="Ctrl+Enter">{t('finish')}</Button><button type="submit" hidden aria-hidden="true" tabIndex={-1} /></div>
      {createPortal(<Sheet groups={groups} />, document.body)}
    </form>
  )
}

/** What goes on paper: nothing but the key and what it is for. */
function Sheet({ groups }: { groups: readonly string[] }): ReactNode {
  const { t } = useTranslation('first-run')
  return (
    <div className="print-sheet" aria-hidden="true">
      <h1>{t('sheetTitle')}</h1>
      <p>{t('sheetDate', { date: formatDate(toCivil(new Date()).date) })}</p>
      <div className="groups">{groups.map((group, index) => <div key={index}><span>{index + 1}.</span> {group}</div>)}</div>
      <p>{t('sheetUse')}</p>
      <p>{t('sheetKeep')}</p>
    </div>
  )
}
