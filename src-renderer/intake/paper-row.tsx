import {
  IconCheck, IconCircle, IconCircleCheck, IconClock, IconEye, IconEyeCheck, IconFilePlus, IconMinus, IconProgress, IconRecycle, IconTrash,
} from '@tabler/icons-react'
import type { DragEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComponentMark, DocumentInfo } from '@contract/draft'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Badge, Button, type IconType, KeyCaps, ProblemNote, Progress, type Tint } from '../parts'
import { type PaperState, paperState } from './content'
import { markPaper, notePaper, type PaperLine } from './papers'
import { Thumb } from './page-view'
import type { Upload } from './uploads'
import { useDraft } from './use-draft'
import type { useDocuments } from './use-documents'

const SHOWN: Readonly<Record<PaperState, readonly [IconType, string, Tint, IconType]>> = {
  missing: [IconCircle, '', 'line', IconCircle], done: [IconCircleCheck, 'c-ok', 'ok', IconCheck], seen: [IconEyeCheck, 'c-ok', 'ok', IconEyeCheck],
  'not-needed': [IconMinus, 't3', 'line', IconMinus], owed: [IconClock, 'c-warn', 'warn', IconClock], reused: [IconRecycle, 'c-info', 'info', IconRecycle],
  optional: [IconMinus, 't3', 'line', IconMinus],
}
const MARKS: readonly (readonly [ComponentMark, string])[] = [['seen', 'S'], ['not-needed', 'K'], ['owed', 'N'], ['reused', 'D']]

type Props = Readonly<{
  line: PaperLine; number: number; open: boolean; over: boolean; document: DocumentInfo | undefined; acts: ReturnType<typeof useDocuments>
  onOpen: () => void; onAdd: () => void; onPick: (id: string) => void; onLarge: () => void; onOver: (on: boolean) => void; onDrop: (event: DragEvent) => void
}>

/** One paper of the checklist: what it is, what was scanned, how it stands. Open, it shows its scans and what can be done. */
export function PaperRow(props: Props): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state, uploads } = useDraft()
  const { line: { code, component, documents }, number, open, over, onOpen, onOver, onDrop } = props
  const under = component ? paperState(component, content, state.view.documents) : 'done'
  const coming = uploads.filter((upload) => upload.component === code)
  const busy = coming.filter((upload) => upload.state !== 'refused').length
  const [Icon, colour, tint, badgeIcon] = SHOWN[under]
  const name = component?.name ?? t('papers.foreign')
  const kind = component ? `${t(`kind.${component.kind}`)} · ${String(component.quantity)}` : t('papers.foreignKind')
  const pages = documents.reduce((sum, document) => sum + (document.pages ?? 1), 0)
  const size = documents.reduce((sum, document) => sum + document.size, 0)
  const badge = busy > 0 ? <Badge tint="info" icon={IconProgress}>{t('papers.coming', { count: busy })}</Badge> : <Badge tint={tint} icon={badgeIcon}>{t(`paperState.${under}`)}</Badge>
  return (
    <tr
      className={[open ? 'sel' : '', over ? 'over' : '', under === 'not-needed' ? 't3' : ''].join(' ')} tabIndex={open ? 0 : -1} data-field={`component.${code}`} aria-selected={open} aria-label={`${String(number)}. ${name}`}
      onClick={() => { if (!open) onOpen() }} onFocus={() => { if (!open) onOpen() }} onDragOver={(event) => { event.preventDefault(); onOver(true) }} onDragLeave={() => onOver(false)} onDrop={onDrop}
    >
      <td className={open ? 'atop' : ''}><KeyCaps keys={String(number)} /></td>
      <td className={`${colour} ${open ? 'atop' : ''}`}><Icon className="i" aria-hidden /></td>
      {open
        ? <td colSpan={3} className="inhand"><InHand {...props} name={name} kind={kind} coming={coming} /></td>
        : <><td><span className="w5">{name}</span></td><td className="m">{kind}</td><td className="m t2 num">{documents.length > 0 ? t('papers.facts', { count: pages, size: formatSize(size, currentLanguage()) }) : ''}</td></>}
      <td className={open ? 'atop' : ''}>{badge}</td>
    </tr>
  )
}

function InHand({ line, document, acts, onAdd, onPick, onLarge, name, kind, coming }: Props & { name: string; kind: string; coming: readonly Upload[] }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit, queue } = useDraft()
  const { code, component, documents } = line
  const given = content.components[code]
  const help = [component?.required.when === 'conditional' ? component.required.condition : undefined, component?.note].filter((part) => part !== undefined).join('. ')
  return (
    <div className="col" style={{ gap: 7 }}>
      <div><span className="w6">{name}</span><span className="m t2"> · {kind}</span></div>
      {help !== '' && <p className="s t2">{help}</p>}
      {documents.length > 0 && (
        <div className="row" style={{ gap: 10, alignItems: 'stretch' }}>
          <div className="thumbs">{documents.map((each, index) => <Thumb key={each.id} document={each} number={index + 1} current={each.id === document?.id} onPick={() => { if (each.id === document?.id) onLarge(); else onPick(each.id) }} />)}</div>
          {document && (
            <div className="col grow" style={{ gap: 6, justifyContent: 'space-between' }}>
              <span className="s t2 ell">{document.name} · {formatSize(document.size, currentLanguage())}</span>
              <div className="row wrap" style={{ gap: 6 }}>
                <Button small icon={IconEye} caps="Space" onPress={onLarge}>{t('papers.large')}</Button>
                {documents.length > 1 && <Button small onPress={() => acts.move(document, documents, -1)} caps="Ctrl+ArrowUp" label={t('papers.earlier')}>{''}</Button>}
                {documents.length > 1 && <Button small onPress={() => acts.move(document, documents, 1)} caps="Ctrl+ArrowDown" label={t('papers.later')}>{''}</Button>}
                <Button small icon={IconTrash} caps="Delete" onPress={() => acts.remove(document)}>{t('papers.remove')}</Button>
              </div>
            </div>
          )}
        </div>
      )}
      {coming.map((upload) => <Coming key={upload.key} upload={upload} onCancel={() => queue.cancel(upload.key)} />)}
      <div className="row wrap" style={{ gap: 6 }}>
        <Button small icon={IconFilePlus} caps="F9" onPress={onAdd}>{t('papers.add')}</Button>
        {component && documents.length === 0 && MARKS.map(([mark, cap]) => (
          <Button key={mark} small caps={cap} pressed={given?.mark === mark} onPress={() => edit((now) => markPaper(now, code, mark))}>{t(`mark.${mark}`)}</Button>
        ))}
        <input className="inp note-line" aria-label={t('papers.noteFor', { name })} placeholder={t('papers.note')} value={given?.note ?? ''} maxLength={500} onChange={(event) => edit((now) => notePaper(now, code, event.target.value))} />
      </div>
    </div>
  )
}

function Coming({ upload, onCancel }: { upload: Upload; onCancel: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const language = currentLanguage()
  if (upload.problem) {
    return (
      <div><p className="s w6 c-bad">{upload.name}</p><ProblemNote problem={upload.problem} focus={false}><Button small onPress={onCancel}>{t('papers.dismiss')}</Button></ProblemNote></div>
    )
  }
  const words = upload.state === 'waiting' ? t('papers.waits', { name: upload.name }) : t('papers.taking', { name: upload.name, done: formatSize(upload.done, language), size: formatSize(upload.size, language) })
  return <div className="row"><div className="grow"><Progress words={words} done={upload.done} total={upload.size} /></div><Button small onPress={onCancel}>{t('papers.stop')}</Button></div>
}
