import { IconAlertTriangle, IconCamera, IconEye, IconFilePlus, IconRotateClockwise, IconScan, IconTrash } from '@tabler/icons-react'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComponentMark } from '@contract/draft'
import { formatSize } from '@contract/format'
import type { PageId } from '@contract/ids'
import { currentLanguage } from '../app/i18n'
import { ScanLine, type Scanning } from '../papers/scan'
import { PageStrip, useMark } from '../papers/strip'
import { Button, ProblemNote, Progress } from '../parts'
import { DocumentMark } from '../signing/document-mark'
import { markPaper, notePaper, type PaperLine } from './papers'
import { Thumb } from './page-view'
import type { Upload } from './uploads'
import { useDraft } from './use-draft'
import { type Item, type PaperActs } from './use-paper-acts'

const MARKS: readonly (readonly [ComponentMark, string])[] = [['seen', 'S'], ['not-needed', 'K'], ['owed', 'N'], ['reused', 'D']]

/** What the open row may start: scans, pictures, files. */
export type WaysIn = Readonly<{ scanning: Scanning; scan: () => void; camera: () => void; files: () => void }>

type Props = Readonly<{
  line: PaperLine; item: Item | undefined; acts: PaperActs; ways: WaysIn; name: string; kind: string; coming: readonly Upload[]
  onPick: (id: string) => void; onLarge: () => void
}>

/** The paper in hand, open: its pages and files, what can be done with the one chosen, ways to take in more, the officer's mark and note. */
export function PaperInHand({ line, item, acts, ways, name, kind, coming, onPick, onLarge }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit, queue } = useDraft()
  const { code, component, documents, pages, aside } = line
  const given = content.components[code]
  const help = [component?.required.when === 'conditional' ? component.required.condition : undefined, component?.note].filter((part) => part !== undefined).join('. ')
  const empty = documents.length === 0 && pages.length === 0
  return (
    <div className="col" style={{ gap: 7 }}>
      <div><span className="w6">{name}</span><span className="m t2"> · {kind}</span></div>
      {help !== '' && <p className="s t2">{help}</p>}
      <PageStrip
        pages={pages} aside={aside} current={item?.id} onPick={onPick} onLarge={onLarge} onDropBefore={(id, before) => acts.drop(id, code, before)}
        onPutBack={(which) => void acts.pages.putBack(which)}
      >
        {item?.kind === 'page' && <PageActsRow item={item} line={line} acts={acts} onLarge={onLarge} />}
      </PageStrip>
      {documents.length > 0 && (
        <div className="pages-work">
          <div className="thumbs pages">{documents.map((each, index) => <Thumb key={each.id} document={each} number={pages.length + index + 1} current={each.id === item?.id} onPick={() => { if (each.id === item?.id) onLarge(); else onPick(each.id) }} />)}</div>
          {item?.kind === 'file' && <FileActsRow item={item} line={line} acts={acts} onLarge={onLarge} />}
        </div>
      )}
      {coming.map((upload) => <Coming key={upload.key} upload={upload} onCancel={() => queue.cancel(upload.key)} />)}
      <div className="row wrap" style={{ gap: 6 }}>
        <Button small icon={IconScan} caps="F9" onPress={ways.scan}>{t('scan', { ns: 'papers' })}</Button>
        <Button small icon={IconCamera} caps="Ctrl+F9" onPress={ways.camera}>{t('camera', { ns: 'papers' })}</Button>
        <Button small icon={IconFilePlus} caps="Ctrl+O" onPress={ways.files}>{t('papers.add')}</Button>
        {component && empty && MARKS.map(([mark, cap]) => (
          <Button key={mark} small caps={cap} pressed={given?.mark === mark} onPress={() => edit((now) => markPaper(now, code, mark))}>{t(`mark.${mark}`)}</Button>
        ))}
        <input className="inp note-line" aria-label={t('papers.noteFor', { name })} placeholder={t('papers.note')} value={given?.note ?? ''} maxLength={500} onChange={(event) => edit((now) => notePaper(now, code, event.target.value))} />
      </div>
      <ScanLine scanning={ways.scanning} component={code} />
    </div>
  )
}

type ActsProps = Readonly<{ line: PaperLine; acts: PaperActs; onLarge: () => void }>

function PageActsRow({ item, line, acts, onLarge }: ActsProps & { item: Item & { kind: 'page' } }): ReactNode {
  const { t } = useTranslation('papers')
  const { page } = item
  const mark = useMark(page, (id: PageId) => line.pages.findIndex((one) => one.id === id) + 1)
  const why = page.problem ? `${t(`${page.problem.code}.what`, { ns: 'errors', ...page.problem.params })} ${t('mark.failed')}. ${t('code', { ns: 'common', code: page.problem.code })}` : ''
  return (
    <div className="page-acts">
      <Button small icon={IconEye} caps="Space" onPress={onLarge}>{t('large')}</Button>
      <Button small icon={IconRotateClockwise} caps="R" onPress={() => acts.turn(item, line)}>{t('turn')}</Button>
      {line.pages.length > 1 && <Button small caps="T" onPress={() => acts.split(item, line)}>{t('split')}</Button>}
      <Button small icon={IconTrash} caps="Delete" onPress={() => acts.remove(item)}>{t('remove')}</Button>
      {line.pages.length > 1 && (
        <span className="row" style={{ gap: 6 }}>
          <Button small caps="Ctrl+ArrowLeft" onPress={() => acts.move(item, line, -1)} label={t('earlier')}>{''}</Button>
          <Button small caps="Ctrl+ArrowRight" onPress={() => acts.move(item, line, 1)} label={t('later')}>{''}</Button>
        </span>
      )}
      {mark && page.state !== 'waiting' && <p className={`page-word ${mark.tint}`}><IconAlertTriangle className="i xs" aria-hidden />{why === '' ? mark.words : why}</p>}
    </div>
  )
}

function FileActsRow({ item, line, acts, onLarge }: ActsProps & { item: Item & { kind: 'file' } }): ReactNode {
  const { t } = useTranslation('intake')
  const { document } = item
  return (
    <div className="page-acts">
      <span className="s t2 ell whole">{document.name} · {formatSize(document.size, currentLanguage())}</span>
      {document.mediaType === 'application/pdf' && <DocumentMark documentId={document.id} name={document.name} />}
      <Button small icon={IconEye} caps="Space" onPress={onLarge}>{t('papers.large')}</Button>
      {line.documents.length > 1 && <Button small onPress={() => acts.move(item, line, -1)} caps="Ctrl+ArrowUp" label={t('papers.earlier')}>{''}</Button>}
      {line.documents.length > 1 && <Button small onPress={() => acts.move(item, line, 1)} caps="Ctrl+ArrowDown" label={t('papers.later')}>{''}</Button>}
      <Button small icon={IconTrash} caps="Delete" onPress={() => acts.remove(item)}>{t('papers.remove')}</Button>
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
