import { AppError, ERRORS } from '@contract/errors'
import { z } from 'zod'
import type { CaConnector } from '../ports'
import { createPost, type Posted } from './http-post'
import type { PhoneConnection } from './providers'

const LARGEST_ANSWER = 16 * 1024
const Checked = z.object({ ok: z.boolean() })
const Refused = z.looseObject({ detail: z.string().optional(), code: z.string().optional() })

function jsonOf({ body }: Posted): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new AppError(ERRORS.signing.caMalformed, {})
  }
}

/** One-time codes by the CA (`docs/city-protocol.md`). @throws AppError KS-030, KS-031, KS-038, KS-039 */
export function createPhoneCodes({ url, token }: PhoneConnection, timeoutMs: number): NonNullable<CaConnector['phone']> {
  const post = createPost({ timeoutMs, mostBytes: LARGEST_ANSWER })
  async function call(path: string, body: unknown): Promise<unknown> {
    const answer = await post.send({
      url: `${url.replace(/\/$/u, '')}/${path}`, type: 'application/json', body: Buffer.from(JSON.stringify(body)), headers: { authorization: `Bearer ${token}` },
    })
    if (answer.status >= 500) throw new AppError(ERRORS.signing.caSilent, {})
    if (answer.status === 401 || answer.status === 403) throw new AppError(ERRORS.signing.caNotSetUp, { failure: String(answer.status) })
    if (answer.status >= 400) throw new AppError(ERRORS.signing.caRefused, { failure: Refused.safeParse(jsonOf(answer)).data?.code ?? String(answer.status) })
    return jsonOf(answer)
  }
  return {
    send: async (id, phone) => {
      await call('send', { id, phone })
    },
    check: async (id, code) => {
      const answer = Checked.safeParse(await call('check', { id, code }))
      if (!answer.success) throw new AppError(ERRORS.signing.caMalformed, {})
      return answer.data.ok
    },
  }
}
