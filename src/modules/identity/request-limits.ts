import type { Database } from '../../kernel/database.ts'

type Window = { minute: number; mine: number; unsaved: number; others: number }

const SAVED_EVERY_MS = 1_000
const MOST_SUBJECTS = 20_000

/**
 * How many requests a caller makes in a minute, over all processes and restarts. Counted in memory and added to the database once a second
 * at most, so that a request costs no query; what other processes have counted is known from the last time.
 */
export class RequestLimits {
  private readonly database: Database
  private readonly mostPerMinute: number
  private readonly windows = new Map<string, Window>()
  private saving: Promise<void> | undefined
  private savedAtMs = 0

  constructor(database: Database, mostPerMinute: number) {
    this.database = database
    this.mostPerMinute = mostPerMinute
  }

  /** Counts a request. Returns how many seconds the caller must wait, which is 0 unless they made too many. */
  async take(subject: string, nowMs = Date.now()): Promise<number> {
    const minute = Math.floor(nowMs / 60_000)
    let window = this.windows.get(subject)
    const begins = window === undefined || window.minute !== minute
    if (window === undefined || begins) {
      if (this.windows.size >= MOST_SUBJECTS) this.windows.clear()
      window = { minute, mine: 0, unsaved: 0, others: 0 }
      this.windows.set(subject, window)
    }
    window.mine += 1
    window.unsaved += 1
    if (begins || performance.now() - this.savedAtMs > SAVED_EVERY_MS) {
      const saved = this.save(minute)
      if (begins) await saved
    }
    return window.mine + window.others > this.mostPerMinute ? 60 - Math.floor((nowMs % 60_000) / 1000) : 0
  }

  /** Adds what is not in the database yet, one write at a time. A database that cannot be reached is told of by the request itself. */
  private async save(minute: number): Promise<void> {
    await this.saving
    this.savedAtMs = performance.now()
    this.saving = this.add(minute).catch(() => {})
    await this.saving
  }

  private async add(minute: number): Promise<void> {
    const pending = [...this.windows].filter(([, window]) => window.minute === minute && window.unsaved > 0)
    if (pending.length === 0) return
    const amounts = pending.map(([, window]) => window.unsaved)
    for (const [, window] of pending) window.unsaved = 0
    const { rows } = await this.database.app.query<{ subject: string; requests: bigint }>(
      `insert into auth.request_count as c (subject, minute, requests)
         select subject, to_timestamp($1 * 60.0), n from unnest($2::text[], $3::bigint[]) as t (subject, n) order by subject
         on conflict (subject, minute) do update set requests = c.requests + excluded.requests
         returning subject, requests`,
      [minute, pending.map(([subject]) => subject), amounts],
    )
    for (const { subject, requests } of rows) {
      const window = this.windows.get(subject)
      if (window?.minute === minute) window.others = Number(requests) - (window.mine - window.unsaved)
    }
    for (const [subject, window] of this.windows) if (window.minute < minute) this.windows.delete(subject)
    await this.database.app.query(`delete from auth.request_count where minute < now() - interval '5 minutes'`)
  }
}
