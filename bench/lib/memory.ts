import { readdirSync, readFileSync } from 'node:fs'

/** Parent of each process that runs. */
function parents(): Map<number, number> {
  const found = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The name in parentheses may hold spaces; the fields after it do not: state, parent.
      const [, parent] = (readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')
      found.set(Number(name), Number(parent))
    } catch {
      // gone meanwhile
    }
  }
  return found
}

function treeOf(root: number): number[] {
  const children = [...parents()]
  const tree = [root]
  for (const pid of tree) tree.push(...children.filter(([, parent]) => parent === pid).map(([child]) => child))
  return tree
}

function fieldOf(pid: number, file: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

export type Memory = Readonly<{ pssMb: number; rssMb: number; processes: number }>

/** Memory of a process and all below it. PSS divides what processes share among them; RSS counts it once for each. Linux only. */
export function memoryOf(root: number): Memory {
  const tree = treeOf(root)
  const sum = (file: string, field: string): number => tree.reduce((total, pid) => total + fieldOf(pid, file, field), 0) / 1024
  return { pssMb: sum('smaps_rollup', 'Pss'), rssMb: sum('status', 'VmRSS'), processes: tree.length }
}
