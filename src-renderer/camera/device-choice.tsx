import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shortName } from './device-name'
import type { CameraStream } from './use-stream'

/** Which camera is used; a choice only where there is one. */
export function DeviceChoice({ camera: { cameras, chosen, choose }, size }: { camera: CameraStream; size: Readonly<{ width: number; height: number }> | null }): ReactNode {
  const { t } = useTranslation('camera')
  const named = cameras.map(({ id, name }, index) => ({ id, name: name === '' ? t('unnamed', { number: index + 1 }) : shortName(name) }))
  return (
    <>
      {size && <span className="s t2 num cam-size">{size.width} × {size.height}</span>}
      {named.length > 1
        ? <select className="inp cam-choice" aria-label={t('device')} value={chosen} onChange={(event) => choose(event.target.value)}>{named.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
        : named[0] && <span className="s t2 ell cam-name">{named[0].name}</span>}
    </>
  )
}
