import { api } from './api.ts'
import { dropDrafts } from './drafts.ts'
import { noteProblem } from './problem.tsx'

/** Ends the session. What was entered and not saved goes with it: the next person at this browser is another. */
export async function signOut(): Promise<void> {
  try {
    await api.call('createSessionEnd', { body: {} })
  } catch (error) {
    return noteProblem(error)
  }
  dropDrafts()
  window.location.assign('/sign-in')
}
