import { notifications } from '@mantine/notifications'
import { api } from './api.ts'
import { dropDrafts } from './drafts.ts'
import { wordsOf } from './problem.tsx'

/** Ends the session. What was entered and not saved goes with it: the next person at this browser is another. */
export async function signOut(): Promise<void> {
  try {
    await api.call('createSessionEnd', { body: {} })
  } catch (error) {
    const { title, text } = wordsOf(error)
    notifications.show({ color: 'red', title, message: text ?? '' })
    return
  }
  dropDrafts()
  window.location.assign('/sign-in')
}
