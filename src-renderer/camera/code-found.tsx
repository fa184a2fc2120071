import { IconQrcode, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScannedCode } from '@contract/codes'
import { Button } from '../parts'

/** A code in the picture that leads away from the papers. */
export type FoundCode = Extract<ScannedCode, { kind: 'card' | 'dossier' }>

/** Asks before it is used: the copy of a card, or an old receipt, may be the very paper that is being taken. */
export function CodeFound({ code, onUse, onDismiss }: { code: FoundCode; onUse: () => void; onDismiss: () => void }): ReactNode {
  const { t } = useTranslation('camera')
  return (
    <div className="note info cam-code" role="status">
      <IconQrcode className="i c-info" aria-hidden />
      <div className="col grow" style={{ gap: 8 }}>
        <p className="m w6">{code.kind === 'card' ? t('code.card') : t('code.dossier', { code: code.code })}</p>
        <div className="row wrap" style={{ gap: 6 }}>
          <Button small keys="Q" onPress={onUse}>{code.kind === 'card' ? t('code.useCard') : t('code.openDossier')}</Button>
          <Button small icon={IconX} onPress={onDismiss}>{t('code.dismiss')}</Button>
        </div>
      </div>
    </div>
  )
}
