import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormFault, FormText, FormView } from '@contract/forms'
import { useShortcut } from '../app/shortcuts'
import { Button, Field, KeyCaps } from '../parts'
import { faultWords } from './wordings-faults'
import { differs, fromScreen, inserted, type Naming, roleOf, setsOf, textOf, toScreen, type WordingDraft, type WordingGroup } from './wordings-draft'

export const fieldName = (path: string): string => `wording.${path}`

type Props = Readonly<{
  view: FormView; group: WordingGroup; draft: WordingDraft; naming: Naming; faults: readonly FormFault[]
  onText: (path: string, text: string) => void
  onFocus: (text: FormText) => void
}>

/** The texts of a group, part by part; what the ward has changed shows the official words below. */
export function WordingTexts({ view, group, draft, naming, faults, onText, onFocus }: Props): ReactNode {
  return (
    <div className="text-sets">
      {setsOf(view, group).map((set) => (
        <fieldset key={set.id} className="text-set">
          {set.label !== null && <legend className="ell">{toScreen(set.label, naming)}</legend>}
          {set.texts.map((text) => (
            <TextRow
              key={text.path} text={text} value={toScreen(textOf(draft, text), naming)} changed={differs(draft, text)} alone={set.texts.filter(({ path }) => roleOf(path).key === roleOf(text.path).key).length === 1} whole={set.texts.length === 1 && set.texts[0]?.path.startsWith('blocks.') === true} naming={naming} fault={faults.find(({ path }) => path === text.path)}
              onChange={(typed) => onText(text.path, fromScreen(typed, naming))} onOfficial={() => onText(text.path, text.official)} onFocus={() => onFocus(text)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}

/** Letters that a single line shows. */
const ROOM = 60

type RowProps = Readonly<{ text: FormText; value: string; changed: boolean; /** The only one of its kind there: it needs no number. */ alone: boolean; /** The only text of its part. */ whole: boolean; naming: Naming; fault: FormFault | undefined; onChange: (typed: string) => void; onOfficial: () => void; onFocus: () => void }>

function TextRow({ text, value, changed, alone, whole, naming, fault, onChange, onOfficial, onFocus }: RowProps): ReactNode {
  const { t, i18n } = useTranslation('wordings')
  const { key, number } = roleOf(text.path)
  const role = /(?:^|\.)columns\.[a-zA-Z]+$/u.test(text.path) ? t('role.column') : i18n.exists(`role.${key}`, { ns: 'wordings' }) ? t(`role.${key}`) : t('role.other')
  const label = number === null || alone ? role : t('numbered', { role, number })
  // Not by what is being typed: the field would change under the caret.
  const long = text.multiline || Math.max(text.official.length, text.text.length) > ROOM
  const wrong = fault === undefined ? undefined : faultWords(fault, naming, t)
  return (
    <div className={long || whole ? 'wide' : ''} onFocus={onFocus}>
      <Field label={label} fault={wrong} mark={changed ? t('changed') : undefined}>
        {({ id, describedBy }) => {
          const common = {
            id, name: fieldName(text.path), value, maxLength: 1200, className: `inp ${fault === undefined ? '' : 'faulty'}`, 'aria-describedby': describedBy, 'aria-invalid': fault !== undefined, spellCheck: false,
            // A text is one paragraph, however it is pasted.
            onChange: (event: { target: { value: string } }) => onChange(event.target.value.replace(/[\r\n\t]+/gu, ' ')),
          }
          return long ? <textarea {...common} rows={Math.min(6, Math.max(2, Math.ceil(value.length / 62)))} /> : <input {...common} type="text" autoComplete="off" />
        }}
      </Field>
      {changed && (
        <p className="hint was"><span className="grow">{t('was', { text: text.official === '' ? t('nothing') : toScreen(text.official, naming) })}</span><button type="button" className="lnk s" onClick={onOfficial}>{t('takeBack')}</button></p>
      )}
    </div>
  )
}

type BarProps = Readonly<{ text: FormText | null; value: string; naming: Naming; onInsert: (typed: string) => void }>

/** What may be put into the field in hand; Alt+C goes there, arrows move, Enter puts it where the caret is. */
export function InsertBar({ text, value, naming, onInsert }: BarProps): ReactNode {
  const { t } = useTranslation('wordings')
  const box = useRef<HTMLDivElement>(null)
  const names = text?.names ?? []
  const field = (): HTMLInputElement | HTMLTextAreaElement | null => (text === null ? null : document.querySelector(`[name="${CSS.escape(fieldName(text.path))}"]`))
  useShortcut('Alt+C', t('insert'), names.length === 0 ? undefined : () => box.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus())
  const put = (placeholder: string): void => {
    const target = field()
    const next = inserted(value, naming.name(placeholder), target?.selectionStart ?? value.length, target?.selectionEnd ?? value.length)
    onInsert(next.text)
    requestAnimationFrame(() => {
      const now = field()
      now?.focus()
      now?.setSelectionRange(next.caret, next.caret)
    })
  }
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const chips = [...(box.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    const at = chips.findIndex((chip) => chip === document.activeElement)
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      field()?.focus()
    } else if (step !== 0) {
      event.preventDefault()
      chips[(at + step + chips.length) % chips.length]?.focus()
    }
  }
  return (
    <div className="insert">
      <p className="s t2 row" style={{ gap: 6 }}>{text === null ? t('insertNowhere') : names.length === 0 ? t('insertNothing') : <>{t('insert')}<KeyCaps keys="Alt+C" /></>}</p>
      {names.length > 0 && (
        <div className="chips" role="toolbar" aria-label={t('insert')} ref={box} onKeyDown={press}>
          {names.map((placeholder, index) => <button key={placeholder} type="button" className="chip" tabIndex={index === 0 ? 0 : -1} onMouseDown={(event) => event.preventDefault()} onClick={() => put(placeholder)}>{naming.name(placeholder)}</button>)}
        </div>
      )}
    </div>
  )
}

/** Goes from group to group while typing. */
export function TabKeys({ onStep }: { onStep: (step: -1 | 1) => void }): ReactNode {
  const { t } = useTranslation('wordings')
  return (
    <span className="row s t2" style={{ gap: 0 }}>
      <Button small kind="ghost" label={t('previousGroup')} keys="Ctrl+PageUp" caps={null} onPress={() => onStep(-1)}>‹</Button>
      <Button small kind="ghost" label={t('nextGroup')} keys="Ctrl+PageDown" caps={null} onPress={() => onStep(1)}>›</Button>
    </span>
  )
}
