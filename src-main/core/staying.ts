import type { Access } from '@contract/call'
import { AppError } from '@contract/errors'
import type { Connection } from './connection'

/** To be asked after a wait: whoever began the act must still sit there. @throws AppError TK-003, TK-004 */
export function staying(connection: Connection, access: Access): () => void {
  const { id } = connection.actor()
  return () => {
    connection.require(access)
    if (connection.actor().id !== id) throw new AppError('TK-003')
  }
}
