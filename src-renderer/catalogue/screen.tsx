import './catalogue.css'
import '../guide/guide.css'
import { IconDownload, IconStar, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureFilters, ProcedureHit } from '@contract/calls-office'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { Button, type Column, Empty, FailureNote, Loading, Table, useAnnounce } from '../parts'
import { ProcedureTabs } from '../guide/tabs'
import { ProcedureDetail } from './detail'
import { Filters } from './filters'
import { ImportDialog } from './import-dialog'

/** More than any ward's catalogue holds. */
const ALL = 400

/** Every procedure the ward takes, with all that is known of it and how sure it is; the administrator brings in a new catalogue. */
export function CatalogueScreen(): ReactNode {
  const { t } = useTranslation('catalogue')
  const box = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const [filters, setFilters] = useState<ProcedureFilters>({})
  const [chosen, setChosen] = useState<string | null>(null)
  const [fileError, setFileError] = useState<unknown>(null)
  const input = { query: query.trim(), limit: ALL, filters }
  const { data, error } = useQuery({ queryKey: keys.procedures(input), queryFn: () => api.procedures.search(input), placeholderData: keepPreviousData })
  const shown = data?.items ?? []
  const current = shown.find(({ code }) => code === chosen) ?? shown[0]
  useShortcut('Alt+P', t('search'), () => box.current?.select())
  const columns: readonly Column<ProcedureHit>[] = [
    { key: 'name', title: t('procedure'), cell: (item) => <Line item={item} /> },
    { key: 'time', title: t('time'), width: 124, cell: ({ timeText }) => <span className="m">{timeText ?? t('timeByHand')}</span> },
  ]
  const clear = (): void => {
    setQuery('')
    setFilters({})
    box.current?.focus()
  }
  return (
    <main className="work">
      <div className="main">
        <div className="pagehd">
          <h1 className="sr">{t('title')}</h1>
          <ProcedureTabs />
          {data && <span className="t2 num">{t('count', { shown: shown.length, total: data.total })}</span>}
          <Files onError={setFileError} />
        </div>
        <FailureNote error={error ?? fileError} />
        <div className="catalogue">
          <section className="card" aria-label={t('list')}>
            <div className="finder">
              <input ref={box} className="inp" aria-label={t('search')} placeholder={t('searchPlaceholder')} aria-keyshortcuts="Alt+P" value={query} spellCheck={false} onChange={(event) => setQuery(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') clear() }} />
              <Filters filters={filters} counts={data?.counts} onChange={setFilters} />
            </div>
            {!data && !error && <Loading />}
            {data && shown.length === 0 && <Nothing query={query.trim()} filters={filters} onClear={clear} onWiden={() => setFilters({})} />}
            {shown.length > 0 && <Table label={t('list')} rows={shown} columns={columns} idOf={({ code }) => code} selected={current?.code} onSelect={({ code }) => setChosen(code)} rowHeight={62} />}
          </section>
          {current ? <ProcedureDetail code={current.code} version={current.version} /> : <section className="card" aria-label={t('detail')} />}
        </div>
      </div>
    </main>
  )
}

/** Says whether the words or the filters leave nothing. */
function Nothing({ query, filters, onClear, onWiden }: Readonly<{ query: string; filters: ProcedureFilters; onClear: () => void; onWiden: () => void }>): ReactNode {
  const { t } = useTranslation('catalogue')
  const narrowed = Object.keys(filters).length > 0
  return (
    <Empty title={query === '' ? t('nothingFiltered') : t('nothing', { query })} actions={<>{narrowed && <Button onPress={onWiden}>{t('allFilters')}</Button>}<Button onPress={onClear} caps="Escape">{t('clear')}</Button></>}>
      {t(narrowed ? 'nothingNarrowed' : 'nothingWords')}
    </Empty>
  )
}

function Line({ item }: { item: ProcedureHit }): ReactNode {
  const { t } = useTranslation('catalogue')
  return (
    <>
      <span className="two w6 ell">{item.essential && <IconStar className="i xs c-acc" role="img" aria-label={t('essentialOne')} />} {item.name}</span>
      <span className="two m t2 ell"><span className="code">{item.code}</span> · {item.field} · {item.feeText}</span>
    </>
  )
}

/** Export for whoever supervises, import for the administrator. */
function Files({ onError }: { onError: (error: unknown) => void }): ReactNode {
  const { t } = useTranslation('catalogue')
  const { say } = useAnnounce()
  const maySupervise = useMay('supervise')
  const mayAdminister = useMay('administer')
  const [importing, setImporting] = useState(false)
  const save = (as: 'json' | 'xlsx'): void => {
    onError(null)
    api.procedures.saveExport({ as }).then(({ outcome }) => { if (outcome === 'saved') say(t('exported')) }, onError)
  }
  return (
    <span className="end row">
      {maySupervise && <Button small icon={IconDownload} onPress={() => save('xlsx')}>{t('exportXlsx')}</Button>}
      {maySupervise && <Button small icon={IconDownload} onPress={() => save('json')}>{t('exportJson')}</Button>}
      {mayAdminister && <Button kind="primary" icon={IconUpload} keys="Ctrl+Enter" onPress={() => setImporting(true)}>{t('import')}</Button>}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </span>
  )
}
