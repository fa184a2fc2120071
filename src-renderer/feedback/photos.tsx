import { IconMapPin, IconPhotoPlus, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FeedbackId, MAX_PHOTOS } from '@contract/feedback'
import { formatSize } from '@contract/format'
import { api } from '../app/api'
import { Button, FailureNote, Progress } from '../parts'
import { chunksOf } from '../intake/uploads'
import type { FeedbackDraft } from './use-draft'

/** Takes a photo in piece by piece; a broken-off one is given up in the core, too. */
async function takeIn(id: FeedbackId, file: File, onDone: (bytes: number) => void): Promise<void> {
  const { uploadId } = await api.feedback.beginPhoto({ id, name: file.name, size: file.size })
  try {
    for (const [from, to] of chunksOf(file.size)) {
      const bytes = new Blob([await file.slice(from, to).arrayBuffer()])
      onDone((await api.feedback.appendPhoto({ uploadId, offset: from, bytes })).offset)
    }
    await api.feedback.finishPhoto({ uploadId })
  } catch (error) {
    await api.feedback.abortPhoto({ uploadId }).catch(() => undefined)
    throw error
  }
}

/** Photos of the place. Where one was taken stays here: the copy that is sent does not say. */
export function Photos({ draft: { store, state: { view } } }: { draft: FeedbackDraft }): ReactNode {
  const { t } = useTranslation('feedback')
  const input = useRef<HTMLInputElement>(null)
  const [coming, setComing] = useState<{ name: string; done: number; size: number } | null>(null)
  const add = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        setComing({ name: file.name, done: 0, size: file.size })
        await takeIn(view.id, file, (done) => setComing({ name: file.name, done, size: file.size }))
        await store.refresh()
      }
    },
    onSettled: () => setComing(null),
  })
  const remove = useMutation({ mutationFn: (photoId: (typeof view.photoList)[number]['id']) => api.feedback.removePhoto({ id: view.id, photoId }), onSuccess: store.refresh })
  const room = MAX_PHOTOS - view.photoList.length
  return (
    <div
      className="fld photos" onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); add.mutate([...event.dataTransfer.files].slice(0, room)) }}
    >
      <span className="lbl">{t('photos', { count: view.photoList.length, most: MAX_PHOTOS })}</span>
      {view.photoList.map(({ id, name, size, hasLocation }) => (
        <div key={id} className="row m">
          <span className="grow ell" title={name}>{name}</span>
          {hasLocation && <span className="s t2 row" style={{ gap: 3 }} title={t('locationHelp')}><IconMapPin className="i xs" aria-hidden />{t('location')}</span>}
          <span className="s t2 num">{formatSize(size)}</span>
          <Button small kind="ghost" icon={IconTrash} label={t('removePhoto', { name })} onPress={() => remove.mutate(id)}>{t('remove')}</Button>
        </div>
      ))}
      {coming && <Progress words={coming.name} done={coming.done} total={coming.size} />}
      <FailureNote error={add.error ?? remove.error} />
      {room > 0 && <div><Button small icon={IconPhotoPlus} keys="Ctrl+O" waitsFor={coming ? t('takingPhoto') : undefined} onPress={() => input.current?.click()}>{t('addPhoto')}</Button></div>}
      <input ref={input} type="file" accept="image/jpeg,image/png" multiple hidden onChange={(event) => { add.mutate([...(event.target.files ?? [])].slice(0, room)); event.target.value = '' }} />
    </div>
  )
}
