import type { ImportProgress } from '../imports/index.ts'
import { type Database, inCompany } from '../kernel/database.ts'
import { type ImportState, isUnderWay, type RequestProgress, saveImportProgress } from '../modules/intake/index.ts'

type Watched = {
  companyId: bigint
  requestId: bigint
  /** What earlier runs of the import had posted. */
  entriesBefore: number
  everyMs: number
  /** Told once when somebody wants the import to stop: its state is neither checking nor running any more. */
  onStop: (state: ImportState) => void
}

/**
 * Writes down how far an import is, at most once in a while, one write at a time, the latest wins. The same statement tells whether the import is
 * still to go on, so that whoever pauses it on another server is heard, also in the middle of a long statement.
 */
export class ProgressWriter {
  private readonly database: Database
  private readonly watched: Watched
  private readonly pace = new Pace()
  private readonly timer: NodeJS.Timeout
  private latest: RequestProgress | undefined
  private lastWrite = 0
  private writing: Promise<void> | undefined
  private stopped = false

  constructor(database: Database, watched: Watched) {
    this.database = database
    this.watched = watched
    this.timer = setInterval(() => this.write(), Math.max(watched.everyMs, 100)).unref()
  }

  note(progress: ImportProgress): void {
    const { files, entries, ...rest } = progress
    const done = { ...rest, filesRead: files, entries: entries + this.watched.entriesBefore }
    this.latest = { ...done, ...this.pace.of(progress, performance.now()) }
    if (performance.now() - this.lastWrite >= this.watched.everyMs) this.write()
  }

  private write(): void {
    if (this.writing !== undefined || this.latest === undefined || this.stopped) return
    const { companyId, requestId, onStop } = this.watched
    const now = this.latest
    this.lastWrite = performance.now()
    this.writing = inCompany(this.database, companyId, (tx) => saveImportProgress(tx, requestId, now))
      .then((state) => {
        if (isUnderWay(state) || this.stopped) return
        this.stopped = true
        onStop(state)
      })
      .catch(() => {}) // the import itself will meet what is wrong with the database
      .finally(() => {
        this.writing = undefined
      })
  }

  async settle(): Promise<void> {
    clearInterval(this.timer)
    this.stopped = true
    await this.writing
  }
}

type Moment = { at: number; entries: number; documents: number }

const WINDOW_MS = 15_000

/** How fast an import is, by its last seconds. */
export class Pace {
  private readonly moments: Moment[] = []

  /** Entries per second, and the seconds left at the pace of its documents; null where that cannot be told yet. `now` in milliseconds. */
  of(
    {
      phase,
      entries,
      documents,
      documentsDone,
    }: Pick<ImportProgress, 'phase' | 'entries' | 'documents' | 'documentsDone'>,
    now: number,
  ): { entriesPerSecond: number; secondsLeft: number | null } {
    if (phase !== 'posting') return { entriesPerSecond: 0, secondsLeft: null }
    this.moments.push({ at: now, entries, documents: documentsDone })
    while (this.moments.length > 2 && now - (this.moments[0] as Moment).at > WINDOW_MS) this.moments.shift()
    const first = this.moments[0] as Moment
    const seconds = (now - first.at) / 1000
    if (seconds <= 0) return { entriesPerSecond: 0, secondsLeft: null }
    const perSecond = (documentsDone - first.documents) / seconds
    return {
      entriesPerSecond: Math.round((entries - first.entries) / seconds),
      secondsLeft: perSecond > 0 ? Math.ceil((documents - documentsDone) / perSecond) : null,
    }
  }
}
