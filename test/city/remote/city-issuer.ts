import { issueFor, judgeRequest, requestOrNull } from '../ca/issuing'
import { rolesOf } from '../ca/roles'
import type { Context } from '../context'
import { Problem } from '../problem'
import type { AccountIssuer } from './issuer'

/** Certificates of the accounts by the city's own CA: the same rules as for a counter that asks by CMP. */
export function cityIssuer(context: Context): AccountIssuer {
  return {
    issue: async (der) => {
      const [base, now] = [context.publicUrl(), context.clock.now()]
      const request = requestOrNull(der)
      const named = request && judgeRequest(request)
      if (!request || !named || 'failure' in named) throw new Problem(422, 'remote.request', named && 'failure' in named ? named.text : 'Không đọc được yêu cầu cấp chứng thư.')
      const roles = await rolesOf(context.db, now, base)
      const { certificate } = await context.db.transaction((tx) => issueFor(tx, { roles, base, now }, request, 'person', named))
      return { certificate, chain: [roles.issuing.certificate] }
    },
  }
}
