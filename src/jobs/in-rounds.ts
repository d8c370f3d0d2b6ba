import { setTimeout as sleep } from 'node:timers/promises'

/** Work that goes on beside the requests until it is stopped. */
export type Job = {
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>
}

export type Rounds = {
  log: (line: string) => void
  /** What a round is called in the log when it fails. */
  what: string
  /** The pause after a round, in milliseconds, from how long the round lasted; none after one that resolved to 'more'. */
  pauseMs: (lastedMs: number) => number
  /** Whether the first round comes after a pause: a start has better things to do. */
  pauseFirst?: boolean
}

/** Does one round after the other, with a pause between them. What fails is logged, and tried again with the next round. */
export function inRounds(
  round: (signal: AbortSignal) => Promise<unknown>,
  { log, what, pauseMs, pauseFirst = false }: Rounds,
): Job {
  const stopping = new AbortController()
  const { signal } = stopping
  const pause = (lastedMs: number): Promise<void> => sleep(pauseMs(lastedMs), undefined, { signal }).catch(() => {}) // told to stop
  const keep = async (): Promise<void> => {
    if (pauseFirst) await pause(0)
    while (!signal.aborted) {
      const began = performance.now()
      const left = await round(signal).catch((error: Error) => {
        log(`${what} failed and is tried again: ${error.message}`)
      })
      if (left !== 'more') await pause(performance.now() - began)
    }
  }
  const ended = keep()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
