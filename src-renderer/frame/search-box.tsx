import { IconFileText, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '@contract/dossier'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useShortcut } from '../app/shortcuts'
import { useSearchTaker } from '../codes/router'
import { Badge, DossierBadge, KeyCaps, SyncBadge } from '../parts'

/** A card's QR has at least this many separators; such a text opens an intake instead of a search. */
const CARD_SEPARATORS = 5

/** One box for name (with or without marks), number, phone, dossier code, or a scanned card. */
export function SearchBox(): ReactNode {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(0)
  const text = query.trim()
  const { data } = useQuery({ queryKey: keys.search(text), queryFn: () => api.dossiers.search({ query: text, limit: 12 }), enabled: text.length > 0 && !isCard(text), placeholderData: keepPreviousData })
  const hits = text === '' ? [] : (data ?? [])
  const focus = (): void => {
    input.current?.focus()
    input.current?.select()
  }
  useSearchTaker((found) => {
    setQuery(found)
    setChosen(0)
    setOpen(true)
    input.current?.focus()
  })
  useShortcut('F3', t('search'), focus)
  useShortcut('Ctrl+K', t('search'), focus)

  const close = (): void => {
    setOpen(false)
    setQuery('')
  }
  const go = (hit: SearchHit): void => {
    close()
    void navigate({ to: '/dossiers/$dossierId', params: { dossierId: hit.id } })
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setChosen((now) => Math.max(0, Math.min(hits.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Escape') {
      close()
      input.current?.blur()
    } else if (event.key === 'Enter' && isCard(text)) {
      close()
      void navigate({ to: '/intake', search: { card: text } })
    } else if (event.key === 'Enter') {
      const hit = hits[chosen]
      if (hit) go(hit)
    }
  }
  return (
    <div className="search" role="search">
      <IconSearch className="i" aria-hidden />
      <input
        ref={input} value={query} placeholder={t('searchPlaceholder')} aria-label={t('search')} role="combobox" aria-expanded={open && hits.length > 0} aria-controls="found"
        aria-activedescendant={hits[chosen] ? `found-${hits[chosen].id}` : undefined} autoComplete="off" spellCheck={false}
        onChange={(event) => { setQuery(event.target.value); setChosen(0); setOpen(true) }} onFocus={() => setOpen(true)} onBlur={() => setTimeout(() => setOpen(false), 150)} onKeyDown={press}
      />
      <KeyCaps keys="F3" />
      {open && text !== '' && !isCard(text) && (
        <div className="found" id="found" role="listbox" aria-label={t('searchResults')}>
          {hits.map((hit, index) => <Found key={hit.id} hit={hit} chosen={index === chosen} onPick={() => go(hit)} />)}
          {hits.length === 0 && data && <p className="t2" style={{ padding: '12px 14px' }}>{t('nothingFound', { query: text })}</p>}
        </div>
      )}
    </div>
  )
}

const isCard = (text: string): boolean => text.split('|').length > CARD_SEPARATORS

function Found({ hit, chosen, onPick }: { hit: SearchHit; chosen: boolean; onPick: () => void }): ReactNode {
  const { t } = useTranslation('frame')
  return (
    <div id={`found-${hit.id}`} role="option" aria-selected={chosen} className={`item ${chosen ? 'sel' : ''}`} onPointerDown={(event) => { event.preventDefault(); onPick() }}>
      <div className="grow">
        <div className="ell"><b>{hit.applicantName}</b> <span className="t2">· {hit.procedureName}</span></div>
        <div className="s t2 num ell">{hit.code}{hit.maskedId !== null && ` · ${hit.maskedId}`}{hit.maskedPhone !== null && ` · ${hit.maskedPhone}`}</div>
      </div>
      {hit.onPaper && <Badge tint="line" icon={IconFileText}>{t('onPaper')}</Badge>}
      {hit.submission === 'attention' ? <SyncBadge state="attention" /> : <DossierBadge state={hit.state} />}
    </div>
  )
}
