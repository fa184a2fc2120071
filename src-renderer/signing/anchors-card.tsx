import { IconAnchor, IconFileUpload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnchorsView } from '@contract/signing'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { dateOf } from '../feedback/moments'
import { Badge, Button, Card, Facts, FailureNote, Loading, Note } from '../parts'
import { DemoMark } from './marks'

/** What every judgement stands on: a signed list with a date; its age is said. */
export function AnchorsCard(): ReactNode {
  const { t } = useTranslation(['signing-desk', 'signing'])
  const { data: view, error } = useQuery({ queryKey: keys.anchors, queryFn: () => api.signing.anchors() })
  const mayChange = useMay('administer')
  const picker = useRef<HTMLInputElement>(null)
  const taken = (next: AnchorsView): void => void queryClient.setQueryData(keys.anchors, next)
  const load = useMutation({ mutationFn: async (file: File) => api.signing.importAnchors({ file: new Blob([await file.arrayBuffer()]) }), onSuccess: taken })
  const turn = useMutation({ mutationFn: (wish: Readonly<{ sha256: string; removed: boolean }>) => api.signing.removeAnchor(wish), onSuccess: taken })
  if (!view) return error ? <FailureNote error={error} /> : <Loading />
  return (
    <Card title={t('anchors')} icon={IconAnchor} fill aside={<Badge tint={view.stale ? 'warn' : 'ok'}>{t('anchorsAge', { count: view.ageDays })}</Badge>}>
      <div className="col" style={{ gap: 10 }}>
        <Facts width={110} rows={[[t('fact.listDate'), <span key="day" className="num">{dateOf(`${view.issued}T00:00:00.000Z`)}</span>], [t('fact.listFrom'), t(`origin.${view.origin}`)], [t('fact.listSigner'), view.signer]]} />
        {view.demo && <Note tint="warn">{t('anchorsDemo')}</Note>}
        {view.stale && <p className="m c-warn w5">{t('anchorsStale')}</p>}
        <ul className="col" style={{ gap: 8 }}>
          {view.anchors.map((anchor) => (
            <li key={anchor.sha256} className={`row wrap m ${anchor.removed ? 't3' : ''}`}>
              <span style={{ flex: '1 0 100%' }} title={anchor.sha256}>{anchor.name}</span><span className="s t2">{t(`anchorKind.${anchor.kind}`)}</span><DemoMark demo={anchor.demo} />
              {mayChange && <Button small onPress={() => turn.mutate({ sha256: anchor.sha256, removed: !anchor.removed })}>{t(anchor.removed ? 'trustAgain' : 'trustNoMore')}</Button>}
              {!mayChange && anchor.removed && <Badge tint="line">{t('notTrusted')}</Badge>}
            </li>
          ))}
        </ul>
        {mayChange && <div><Button small icon={IconFileUpload} waitsFor={load.isPending ? t('working') : undefined} onPress={() => picker.current?.click()}>{t('loadAnchors')}</Button></div>}
        <input ref={picker} type="file" hidden data-testid="anchors-file" onChange={(event) => { const file = event.target.files?.[0]; if (file) load.mutate(file); event.target.value = '' }} />
        <FailureNote error={load.error ?? turn.error} />
      </div>
    </Card>
  )
}
