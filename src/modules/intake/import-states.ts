/**
 * What an import is: its files are here (`uploaded`), a dry run looks at it (`checking`) and has said what it would do (`ready`), it posts
 * (`running`), waits to go on (`paused`), or has ended. What a `failed` one had posted stays, and it can go on.
 */
export type ImportState = 'uploaded' | 'checking' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done' | 'failed'

export type ImportAction = 'check' | 'run' | 'pause' | 'cancel'

const importActions = ['check', 'run', 'pause', 'cancel'] as const satisfies readonly ImportAction[]

/** From which states each action leads on. */
const moves: Readonly<Record<ImportAction, readonly ImportState[]>> = {
  check: ['uploaded', 'ready', 'failed'],
  run: ['ready', 'paused', 'failed'],
  pause: ['running'],
  cancel: ['uploaded', 'checking', 'ready', 'running', 'paused', 'failed'],
}

type Moving = { state: ImportState; dryRun: boolean }

/** Whether an import can be moved so: a dry run that was asked for by itself can be cancelled and no more. */
export const mayMove = ({ state, dryRun }: Moving, action: ImportAction): boolean =>
  moves[action].includes(state) && (!dryRun || (action === 'cancel' && state === 'running'))

/** What can be done with an import in its state. */
export const movesOf = (import_: Moving): ImportAction[] => importActions.filter((action) => mayMove(import_, action))

/** Whether somebody works at it, or it waits for that. */
export const isUnderWay = (state: ImportState): boolean => state === 'checking' || state === 'running'

/** Whether it has ended: nothing happens to it by itself. */
export const hasEnded = (state: ImportState): boolean => state === 'done' || state === 'failed' || state === 'cancelled'
