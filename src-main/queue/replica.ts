import { createJournal } from './journal'
import type { Body, Entry } from './log'
import type { Replica, ReplicaDeps } from './replica-types'
import { enough, members, rollOf } from './roll'
import { BATCH } from './timing'
import type { ReplicaMessage } from './wire'
import type { NodeId } from './words'

type Peer = { next: number; match: number; ackAt: number }

/** @see Replica; pure but for `send`, driven by messages and ticks. */
export function createReplica({ self, stored, clock, mono: bornAt, timing, random, send }: ReplicaDeps): Replica {
  const { meta } = stored
  const line = meta.id
  const log = createJournal(stored)
  let { term, votedFor, commit } = stored
  let role: 'follower' | 'asking' | 'standing' | 'leader' = 'follower'
  let leader: NodeId | null = null
  let heard = Number.NEGATIVE_INFINITY
  let electionAt = bornAt
  let beatAt = 0
  let votes = new Set<NodeId>()
  let peers = new Map<NodeId, Peer>()
  let learners = new Map<NodeId, number>()
  let leaving = new Set<NodeId>()
  let anchor = { stamp: clock, mono: bornAt }
  let changed = false

  const { last, termAt } = log
  const now = (mono: number): number => Math.max(anchor.stamp + Math.max(0, Math.round(mono - anchor.mono)), log.at(last())?.stamp ?? Number.MIN_SAFE_INTEGER)
  const counts = (node: NodeId): boolean => members(log.rolls()).includes(node)
  const others = (): readonly NodeId[] => members(log.rolls()).filter((node) => node !== self)

  /** In the order of their names, so that two who miss the leader do not stand at the same moment. */
  function restElection(mono: number): void {
    const rank = Math.max(0, members(log.rolls()).toSorted().filter((node) => node !== leader).indexOf(self))
    electionAt = mono + timing.electionMs + (rank + random() / 2) * timing.rankMs
  }
  if (others().length === 0) electionAt = bornAt
  else restElection(bornAt)

  function follow(newTerm: number, of: NodeId | null, mono: number): void {
    if (newTerm > term) {
      term = newTerm
      votedFor = null
      changed = true
    }
    if (role === 'leader') peers = new Map()
    role = 'follower'
    leader = of
    restElection(mono)
  }

  function ask(pre: boolean): void {
    const message: ReplicaMessage = { kind: 'ask', line, term: pre ? term + 1 : term, pre, lastIndex: last(), lastTerm: termAt(last()) }
    for (const node of others()) send(node, message)
  }

  /** First asked whether it would be elected, so that a node that was cut off does not unseat a leader by its return. */
  function stand(mono: number): void {
    role = 'asking'
    leader = null
    votes = new Set([self])
    restElection(mono)
    ask(true)
    countVotes(mono)
  }

  function countVotes(mono: number): void {
    if (!enough(log.rolls(), (node) => votes.has(node))) return
    if (role === 'asking') {
      role = 'standing'
      term++
      votedFor = self
      changed = true
      votes = new Set([self])
      ask(false)
      countVotes(mono)
    } else if (role === 'standing') lead(mono)
  }

  function lead(mono: number): void {
    role = 'leader'
    leader = self
    anchor = { stamp: now(mono), mono }
    peers = new Map(others().map((node) => [node, { next: last() + 1, match: 0, ackAt: mono }]))
    learners = new Map()
    leaving = new Set()
    append({ kind: 'turn' }, mono)
    beat(mono)
  }

  function append(body: Body, mono: number): number {
    const index = last() + 1
    log.put({ index, term, stamp: now(mono), body })
    changed = true
    if (body.kind === 'roll') for (const node of others()) if (!peers.has(node)) peers.set(node, { next: index, match: 0, ackAt: mono })
    agree(mono)
    return index
  }

  function feed(node: NodeId, peer: Peer, mono: number): void {
    const prevIndex = peer.next - 1
    const entries = [...log.from(peer.next, BATCH)]
    send(node, { kind: 'put', line, term, meta: prevIndex === 0 ? meta : null, prevIndex, prevTerm: termAt(prevIndex), entries, commit, clock: now(mono) })
    peer.next += entries.length
  }

  function beat(mono: number): void {
    beatAt = mono + timing.beatMs
    for (const [node, peer] of peers) feed(node, peer, mono)
  }

  /** Only what this leader wrote itself is counted; what was before comes with it (Raft §5.4.2). */
  function agree(mono: number): void {
    let index = last()
    while (index > commit && termAt(index) === term) {
      const at = index
      if (enough(log.rolls(), (node) => node === self || (peers.get(node)?.match ?? 0) >= at)) {
        commit = at
        changed = true
        afterAgreement(mono)
        return
      }
      index--
    }
  }

  function afterAgreement(mono: number): void {
    if (log.isRollAfter(commit)) return
    const { next, old } = log.rolls()
    if (old !== null) append({ kind: 'roll', rolls: { next, old: null } }, mono)
    else if (!counts(self)) {
      beat(mono)
      follow(term, null, mono)
    } else for (const node of peers.keys()) if (!counts(node) && !learners.has(node)) peers.delete(node)
  }

  /** One change of the roll at a time, and none before this leader has written something that was agreed to. */
  function mendRoll(mono: number): void {
    for (const node of others()) if (mono - (peers.get(node)?.ackAt ?? mono) > timing.absentMs) leaving.add(node)
    for (const [node, at] of learners) {
      if (mono - at <= timing.absentMs) continue
      learners.delete(node)
      if (!counts(node)) peers.delete(node)
    }
    const rolls = log.rolls()
    if (rolls.old !== null || log.isRollAfter(commit) || termAt(commit) !== term) return
    const ready = [...learners.keys()].filter((node) => (peers.get(node)?.match ?? 0) >= commit)
    const stay = rolls.next.members.filter((node) => !leaving.has(node) || node === self)
    const next = rollOf([...stay, ...ready], self)
    for (const node of ready) learners.delete(node)
    leaving = new Set()
    if (next.members.join() === rolls.next.members.join()) return
    append({ kind: 'roll', rolls: { next, old: rolls.next } }, mono)
    beat(mono)
  }

  function onAsk(from: NodeId, message: Extract<ReplicaMessage, { kind: 'ask' }>, mono: number): void {
    const hasLeader = role === 'leader' || (leader !== null && mono - heard < timing.electionMs)
    const newer = message.lastTerm > termAt(last()) || (message.lastTerm === termAt(last()) && message.lastIndex >= last())
    if (message.pre) {
      send(from, { kind: 'vote', line, term: message.term, pre: true, given: !hasLeader && newer && message.term > term })
      return
    }
    if (hasLeader || message.term < term) return
    if (message.term > term) follow(message.term, null, mono)
    const given = newer && (votedFor === null || votedFor === from)
    if (given) {
      votedFor = from
      changed = true
      restElection(mono)
    }
    send(from, { kind: 'vote', line, term, pre: false, given })
  }

  function onVote(from: NodeId, message: Extract<ReplicaMessage, { kind: 'vote' }>, mono: number): void {
    const wanted = message.pre ? role === 'asking' && message.term === term + 1 : role === 'standing' && message.term === term
    if (!wanted || !message.given) return
    votes.add(from)
    countVotes(mono)
  }

  function onPut(from: NodeId, message: Extract<ReplicaMessage, { kind: 'put' }>, mono: number): void {
    if (message.term < term) {
      send(from, { kind: 'got', line, term, ok: false, index: 0 })
      return
    }
    follow(message.term, from, mono)
    heard = mono
    anchor = { stamp: message.clock, mono }
    const { prevIndex, entries } = message
    if (prevIndex > last() || termAt(prevIndex) !== message.prevTerm) {
      send(from, { kind: 'got', line, term, ok: false, index: Math.max(commit, Math.min(last(), prevIndex - 1)) })
      return
    }
    for (const entry of entries) if (entry.index > last() || termAt(entry.index) !== entry.term) replace(entry)
    const known = prevIndex + entries.length
    if (Math.min(message.commit, known) > commit) {
      commit = Math.min(message.commit, known)
      changed = true
    }
    send(from, { kind: 'got', line, term, ok: true, index: known })
  }

  function replace(entry: Entry): void {
    if (entry.index <= commit) throw new Error('queue: an agreed entry would change')
    log.put(entry)
    changed = true
  }

  function onGot(from: NodeId, message: Extract<ReplicaMessage, { kind: 'got' }>, mono: number): void {
    const peer = role === 'leader' && message.term === term ? peers.get(from) : undefined
    if (!peer) return
    peer.ackAt = mono
    if (message.ok) {
      peer.match = Math.max(peer.match, message.index)
      peer.next = Math.max(peer.next, peer.match + 1)
      const before = commit
      agree(mono)
      // everybody shows it now, not with the next beat
      if (commit > before) beat(mono)
    } else peer.next = Math.max(peer.match + 1, Math.min(peer.next, message.index + 1))
    if (peer.next <= last()) feed(from, peer, mono)
  }

  function leaderTick(mono: number): void {
    if (!enough(log.rolls(), (node) => node === self || mono - (peers.get(node)?.ackAt ?? Number.NEGATIVE_INFINITY) < timing.leaseMs)) {
      follow(term, null, mono)
      return
    }
    mendRoll(mono)
    heard = mono
    if (mono >= beatAt) beat(mono)
  }

  return {
    meta,
    receive(from, message, mono) {
      if (message.kind === 'ask') return onAsk(from, message, mono)
      if (message.term > term && message.kind !== 'put' && !(message.kind === 'vote' && message.pre)) return follow(message.term, null, mono)
      if (message.kind === 'vote') return onVote(from, message, mono)
      return message.kind === 'put' ? onPut(from, message, mono) : onGot(from, message, mono)
    },
    tick(mono) {
      if (role === 'leader') leaderTick(mono)
      else if (mono >= electionAt && counts(self)) stand(mono)
    },
    propose(body, mono) {
      if (role !== 'leader') return null
      const index = append(body, mono)
      beat(mono)
      return index
    },
    join(node, mono) {
      if (role !== 'leader' || counts(node)) return
      learners.set(node, mono)
      if (!peers.has(node)) peers.set(node, { next: 1, match: 0, ackAt: mono })
    },
    leave(node) {
      if (role === 'leader') leaving.add(node)
    },
    change() {
      if (!changed) return null
      changed = false
      return { meta, term, votedFor, commit, ...log.changes() }
    },
    leader: (mono) => (role === 'leader' || (leader !== null && mono - heard < timing.leaseMs) ? leader : null),
    heardAt: () => heard,
    clock: now,
    state: () => ({ term, leads: role === 'leader', commit, last: last(), rolls: log.rolls() }),
    entry: log.at,
  }
}
