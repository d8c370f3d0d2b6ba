import { readFileSync } from 'node:fs'

/**
 * Calls `run` once when the npm or npx that started this process has ended. A signal to them may end the shell between us
 * and go no further, and killed they pass none on; a server left behind would keep its port and its database for nobody.
 * Without npm above us, nothing happens: a process that a shell or a service manager started decides for itself.
 * @param everyMs how often to look
 */
export function whenLauncherEnds(run: () => void, everyMs: number): void {
  const launcher = npmAbove(process.ppid)
  if (launcher === null) return
  const timer = setInterval(() => {
    if (isRunning(launcher)) return
    clearInterval(timer)
    run()
  }, everyMs)
  timer.unref()
}

/** Between npm and us stand a shell and, for npx, the launcher of the command line. */
function npmAbove(pid: number): number | null {
  if (process.platform !== 'linux' || pid <= 1) return null
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (/^(npm|npx) |\/(npm|npx)(-cli\.js)?\0/.test(words)) return pid
    return npmAbove(Number(status(pid)[1]))
  } catch {
    return null
  }
}

/** A zombie has ended, though its parent has not asked yet. */
function isRunning(pid: number): boolean {
  try {
    return status(pid)[0] !== 'Z'
  } catch {
    return false
  }
}

/** State, parent and what follows: the name before them, in parentheses, may itself hold spaces. */
function status(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
