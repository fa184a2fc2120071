import { IconAlertTriangle, IconCheck, IconCircle, IconCircleCheck, IconClock, IconEyeCheck, IconEyeExclamation, IconMinus, IconProgress, IconRecycle, IconRefreshAlert } from '@tabler/icons-react'
import type { DragEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { faultOf, makingOf, type PaperFault } from '../papers/pages'
import { Badge, type IconType, KeyCaps, type Tint } from '../parts'
import { type PaperState, paperState } from './content'
import { PaperInHand, type WaysIn } from './paper-in-hand'
import type { PaperLine } from './papers'
import { useDraft } from './use-draft'
import type { Item, PaperActs } from './use-paper-acts'

const SHOWN: Readonly<Record<PaperState, readonly [IconType, string, Tint, IconType]>> = {
  missing: [IconCircle, '', 'line', IconCircle], done: [IconCircleCheck, 'c-ok', 'ok', IconCheck], seen: [IconEyeCheck, 'c-ok', 'ok', IconEyeCheck],
  'not-needed': [IconMinus, 't3', 'line', IconMinus], owed: [IconClock, 'c-warn', 'warn', IconClock], reused: [IconRecycle, 'c-info', 'info', IconRecycle],
  optional: [IconMinus, 't3', 'line', IconMinus],
}

type Props = Readonly<{
  line: PaperLine; number: number; open: boolean; over: boolean; item: Item | undefined; acts: PaperActs; ways: WaysIn
  onOpen: () => void; onPick: (id: string) => void; onLarge: () => void; onOver: (on: boolean) => void; onDrop: (event: DragEvent) => void
}>

/** One paper of the checklist: what it is, what was taken in, how it stands. Open, it shows its pages and what can be done. */
export function PaperRow({ line, number, open, over, item, acts, ways, onOpen, onPick, onLarge, onOver, onDrop }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const { content, taken, uploads } = useDraft()
  const { code, component, documents, pages } = line
  const under = component ? paperState(component, content, taken) : 'done'
  const coming = uploads.filter((upload) => upload.component === code)
  const busy = coming.filter((upload) => upload.state !== 'refused').length
  const making = makingOf(pages)
  const [usual, usualColour, tint, badgeIcon] = SHOWN[under]
  const fault = faultOf(pages)
  const [Icon, colour] = fault ? ([IconAlertTriangle, fault.kind === 'failed' ? 'c-bad' : 'c-warn'] as const) : ([usual, usualColour] as const)
  const name = component?.name ?? t('papers.foreign')
  const kind = component ? `${t(`kind.${component.kind}`)} · ${String(component.quantity)}` : t('papers.foreignKind')
  const count = pages.length + documents.reduce((sum, document) => sum + (document.pages ?? 1), 0)
  const size = pages.reduce((sum, { made }) => sum + (made?.size ?? 0), 0) + documents.reduce((sum, document) => sum + document.size, 0)
  const facts = count === 0 ? '' : making > 0 ? t('facts', { ns: 'papers', count }) : t('papers.facts', { count, size: formatSize(size, currentLanguage()) })
  const badge = busy > 0 ? <Badge tint="info" icon={IconProgress}>{t('papers.coming', { count: busy })}</Badge> : fault ? <FaultBadge fault={fault} /> : <Badge tint={tint} icon={badgeIcon}>{t(`paperState.${under}`)}</Badge>
  return (
    <tr
      className={[open ? 'sel' : '', over ? 'over' : '', under === 'not-needed' ? 't3' : ''].join(' ')} tabIndex={open ? 0 : -1} data-field={`component.${code}`} aria-selected={open} aria-label={`${String(number)}. ${name}`}
      onClick={() => { if (!open) onOpen() }} onFocus={() => { if (!open) onOpen() }} onDragOver={(event) => { event.preventDefault(); onOver(true) }} onDragLeave={() => onOver(false)} onDrop={onDrop}
    >
      <td className={open ? 'atop' : ''}><KeyCaps keys={String(number)} /></td>
      <td className={`${colour} ${open ? 'atop' : ''}`}><Icon className="i" aria-hidden /></td>
      {open
        ? <td colSpan={3} className="inhand"><PaperInHand line={line} item={item} acts={acts} ways={ways} name={name} kind={kind} coming={coming} onPick={onPick} onLarge={onLarge} /></td>
        : <><td><span className="w5">{name}</span></td><td className="m">{kind}</td><td className="m t2 num">{facts}</td></>}
      <td className={open ? 'atop' : ''}><div className="col" style={{ gap: 4, alignItems: 'flex-start' }}>{badge}{open && facts !== '' && <span className="s t2 num">{facts}</span>}</div></td>
    </tr>
  )
}

/** Which page should be looked at again, and why; in full when pointed at. */
function FaultBadge({ fault: { kind, number } }: { fault: PaperFault }): ReactNode {
  const { t } = useTranslation('papers')
  return <Badge tint={kind === 'failed' ? 'bad' : 'warn'} icon={kind === 'failed' ? IconRefreshAlert : IconEyeExclamation} title={t(`mark.${kind}`)}>{t(`fault.${kind}`, { number })}</Badge>
}
