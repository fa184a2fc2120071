import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { DossierView } from '@contract/dossier'
import { api } from '../app/api'

/** Opens it as a draft again; committing that makes the next version. */
export function useCorrect(dossier: Pick<DossierView, 'id'>) {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => api.dossiers.correct({ dossierId: dossier.id }),
    onSuccess: ({ id }) => navigate({ to: '/intake/$draftId', params: { draftId: id } }),
  })
}
