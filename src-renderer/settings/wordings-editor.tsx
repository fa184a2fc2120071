import { IconArrowBackUp, IconFileText, IconRestore } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import type { FormFault, FormText, FormView } from '@contract/forms'
import type { Paper } from '@contract/receipt'
import { Badge, Button, ConfirmDialog, FailureNote, FaultSummary, focusField, TextField } from '../parts'
import { LeaveGuard } from './leave-guard'
import { useWordingWork } from './use-wording'
import { WordingBlocks } from './wordings-blocks'
import { changeOf, fromScreen, namingOf, type Tab, tabOfFault, tabsOf, textOf, toScreen } from './wordings-draft'
import { faultWords } from './wordings-faults'
import { useWordingPreview, WordingPreview } from './wordings-preview'
import { fieldName, InsertBar, TabKeys, WordingTexts } from './wordings-texts'

/** The register is printed on A4 alone (Thông tư 01/2018 art. 9(2)); the slips on A5, or A4 where the office wants it. */
const papersOf = (form: FormView['brief']['form']): readonly Paper[] => (form === 'mau-07' ? ['A4'] : ['A5', 'A4'])

/** Editor of one form's wording, with the paper beside it. */
export function WordingEditor({ view: opened }: { view: FormView }): ReactNode {
  const { t, i18n } = useTranslation('wordings')
  const work = useWordingWork(opened)
  const { view, draft, setDraft } = work
  const { form, title } = view.brief
  const papers = papersOf(form)
  const [paper, setPaper] = useState<Paper>(papers[0] ?? 'A5')
  const [tab, setTab] = useState<Tab>(tabsOf(view)[0] ?? 'body')
  const [text, setText] = useState<FormText | null>(null)
  const naming = useMemo(
    () => namingOf([...new Set(view.texts.flatMap(({ names }) => names))], (name) => (i18n.exists(`name.${name}`, { ns: 'wordings' }) ? t(`name.${name}`) : name)),
    [view, i18n, t],
  )
  const preview = useWordingPreview(form, changeOf(draft), paper)
  const setOne = (path: string, words: string): void => setDraft({ ...draft, texts: { ...draft.texts, [path]: words } })
  const goTo = (fault: FormFault): void => {
    setTab(tabOfFault(view, fault))
    setTimeout(() => focusField(fieldName(fault.path)), 0)
  }
  const chooseTab = (next: Tab): void => {
    setTab(next)
    setText(null)
  }
  return (
    <main className="work wording">
      <WordingHead view={view} />
      {work.refused && preview.faults.length > 0 && (
        <FaultSummary title={t('notSaved')} attempt={work.attempt} faults={preview.faults.map((fault) => ({ field: JSON.stringify(fault), words: faultLine(fault) }))} onGo={(field) => { const fault = preview.faults.find((one) => JSON.stringify(one) === field); if (fault) goTo(fault) }} />
      )}
      <FailureNote error={work.error} />
      <section className="card fill wording-texts" aria-label={t('wording')}>
        <Tabs view={view} tab={tab} faults={preview.faults} onTab={chooseTab} />
        <div className="bd scroll grow" id="wording-group" role="tabpanel" aria-label={t(`group.${tab}`)}>
          {tab === 'blocks'
            ? <WordingBlocks view={view} draft={draft} naming={naming} faults={preview.faults.filter((fault) => tabOfFault(view, fault) === 'blocks')} onChange={setDraft} />
            : <WordingTexts key={tab} view={view} group={tab} draft={draft} naming={naming} faults={preview.faults} onText={setOne} onFocus={setText} />}
        </div>
        {tab !== 'blocks' && <InsertBar text={text} value={text === null ? '' : toScreen(textOf(draft, text), naming)} naming={naming} onInsert={(typed) => { if (text) setOne(text.path, fromScreen(typed, naming)) }} />}
      </section>
      <WordingPreview preview={preview} paper={paper} papers={papers} onPaper={setPaper} label={title} />
      <WordingBar work={work} faulty={preview.faults.length > 0} />
      <LeaveGuard unsaved={work.dirty} />
    </main>
  )

  function faultLine(fault: FormFault): string {
    return t('faultIn', { group: t(`group.${tabOfFault(view, fault)}`), fault: faultWords(fault, naming, t) })
  }
}

function WordingHead({ view: { brief } }: { view: FormView }): ReactNode {
  const { t } = useTranslation('wordings')
  const navigate = useNavigate()
  const { form, title, own, officialVersion, effectiveFrom, legalBasis, confidence } = brief
  return (
    <div className="wording-head">
      <Button small icon={IconArrowBackUp} keys="Escape" onPress={() => void navigate({ to: '/settings', hash: 'wordings' })}>{t('toList')}</Button>
      <IconFileText className="i" aria-hidden />
      <div className="grow">
        <h1 className="ell"><span className="t2">{t('formNo', { number: form.slice(-2) })}</span> {title}</h1>
        <p className="s t2 ell">{t('official', { version: officialVersion, date: formatDate(effectiveFrom), basis: legalBasis })} · {t(`confidence.${confidence}`)}</p>
      </div>
      {own === null ? <Badge tint="line">{t('inForce.official')}</Badge> : <Badge tint="info" title={t('ownSince', { date: formatDate(own.effectiveFrom), by: own.by })}>{t('inForce.ownSince', { edition: own.edition, date: formatDate(own.effectiveFrom) })}</Badge>}
    </div>
  )
}

type TabsProps = Readonly<{ view: FormView; tab: Tab; faults: readonly FormFault[]; onTab: (tab: Tab) => void }>

/** The groups of texts; arrows move between them, a number tells how many faults one has. */
function Tabs({ view, tab, faults, onTab }: TabsProps): ReactNode {
  const { t } = useTranslation('wordings')
  const tabs = tabsOf(view)
  const step = (by: -1 | 1, focus = false): void => {
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]
    if (next === undefined) return
    onTab(next)
    if (focus) document.getElementById(`wording-tab-${next}`)?.focus()
    else setTimeout(() => document.querySelector<HTMLElement>('#wording-group .inp, #wording-group [tabindex="0"]')?.focus(), 0)
  }
  return (
    <div className="wording-tabs">
      <div role="tablist" aria-label={t('groups')} onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
        if (by === 0) return
        event.preventDefault()
        step(by, true)
      }}>
        {tabs.map((one) => {
          const wrong = faults.filter((fault) => tabOfFault(view, fault) === one).length
          return (
            <button key={one} id={`wording-tab-${one}`} type="button" role="tab" aria-selected={one === tab} aria-controls="wording-group" tabIndex={one === tab ? 0 : -1} onClick={() => onTab(one)}>
              {t(`group.${one}`)}{wrong > 0 && <span className="dot" title={t('faultCount', { count: wrong })}>{wrong}</span>}
            </button>
          )
        })}
      </div>
      <TabKeys onStep={step} />
    </div>
  )
}

/** Since when it shall hold, back to the official text, and keeping it. */
function WordingBar({ work, faulty }: { work: ReturnType<typeof useWordingWork>; faulty: boolean }): ReactNode {
  const { t } = useTranslation('wordings')
  const [asking, setAsking] = useState(false)
  const state = work.saving ? t('saving') : work.dirty ? t(faulty ? 'dirtyFaulty' : 'dirty') : work.saved ? t('saved', { edition: work.view.brief.own?.edition ?? '' }) : t('clean')
  return (
    <div className="bar wording-bar">
      <span className="t2 m grow" role="status">{state}</span>
      {work.view.brief.own !== null && <Button icon={IconRestore} onPress={() => { if (work.mayKeep()) setAsking(true) }}>{t('backToOfficial')}</Button>}
      {work.dirty && <Button onPress={work.undo}>{t('undo')}</Button>}
      <div className="since"><TextField name="wording.effectiveFrom" label={t('effectiveFrom')} fault={work.dayFault} value={work.day} maxLength={10} inputMode="numeric" onChange={work.setDay} onLeave={work.readDay} /></div>
      <Button kind="primary" keys="Ctrl+Enter" waitsFor={work.saving ? t('saving') : undefined} onPress={work.save}>{t('save')}</Button>
      <ConfirmDialog open={asking} title={t('backTitle')} act={t('backAct')} safe={t('backStay')} dangerous onAct={() => { setAsking(false); work.toOfficial() }} onClose={() => setAsking(false)}>
        {t('backWords', { date: work.start === null ? '' : formatDate(work.start) })}
      </ConfirmDialog>
    </div>
  )
}
