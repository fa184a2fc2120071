import { randomBytes } from 'node:crypto'
import { AppError } from '@contract/errors'
import { signingErrors } from '@contract/errors/signing'
import { first, hexOf, smallInteger, TAG, type Tlv, walk } from '../../identity/pki'
import { bool, integer, octets, seq } from '../der'
import type { StampSource } from '../ports'
import { SHA256 } from './algorithms'
import type { Fetcher } from './fetcher'
import { judgeStampOfDigest, parseStamp, type Stamp } from './stamp'

const LARGEST_STAMP = 64 * 1024
const NONCE_BYTES = 16
/** Further apart than this and one of the two clocks is wrong, in milliseconds; the authority's is not. */
const CLOCKS_APART = 5 * 60 * 1000

export type StampOptions = Readonly<{
  name?: string
  /** This machine's clock: compared with the authority's where given. */
  now?: () => Date
}>

/** Time stamps over HTTP (RFC 3161 §3.4). What comes back is judged before it is handed on. */
export function createStampSource(url: string, fetcher: Fetcher, { name = url, now }: StampOptions = {}): StampSource {
  return {
    name,
    /** @throws AppError KS-060, KS-061, KS-065 */
    stamp: async (digest) => {
      const nonce = integer(randomBytes(NONCE_BYTES))
      const request = seq(integer(1), seq(SHA256, octets(digest)), nonce, bool(true))
      const answer = await fetcher({ url, body: request, type: 'application/timestamp-query', accept: 'application/timestamp-reply', most: LARGEST_STAMP })
        .catch((cause: unknown) => { throw new AppError(signingErrors.stampSilent, {}, { cause }) })
      const stamp = acceptStamp(answer, digest, nonce)
      if (now !== undefined && Math.abs(now().getTime() - stamp.at.getTime()) > CLOCKS_APART) throw new AppError(signingErrors.clockWrong)
      return stamp.raw
    },
  }
}

const refused = (status: number, cause?: unknown): AppError => new AppError(signingErrors.stampRefused, { status }, { cause })
const GRANTED: ReadonlySet<number> = new Set([0, 1])

/** The token of a TimeStampResp, when it is granted and an answer to this question. @throws AppError KS-061 */
function acceptStamp(answer: Uint8Array, digest: Uint8Array, nonce: Uint8Array): Stamp {
  const { status, token } = responseOf(answer)
  if (!GRANTED.has(status) || token === undefined) throw refused(status)
  const stamp = read(() => parseStamp(token.raw))
  if (stamp.nonce !== hexOf(first(nonce).value) || judgeStampOfDigest(stamp, digest).trouble !== null) throw refused(status)
  return stamp
}

function responseOf(answer: Uint8Array): Readonly<{ status: number; token: Tlv | undefined }> {
  return read(() => {
    const fields = walk(first(answer), TAG.sequence)
    return { status: smallInteger(walk(fields.next(), TAG.sequence).next()), token: fields.optional(TAG.sequence) }
  })
}

function read<T>(reader: () => T): T {
  try {
    return reader()
  } catch (cause) {
    throw refused(-1, cause)
  }
}
