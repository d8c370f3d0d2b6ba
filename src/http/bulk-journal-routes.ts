import type { z } from 'zod'
import { PostedEntry } from '../contracts/facts.ts'
import { NewJournal } from '../contracts/journal.ts'
import type { Tx } from '../kernel/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Journal, refusableJournals } from '../modules/journal/index.ts'
import { postJournalsOrAsk } from '../modules/second-person/index.ts'
import { postedView } from './amounts.ts'
import { listRoute } from './list-route.ts'
import { viewsOf } from './waiting.ts'
import { lineReader } from './written-lines.ts'

type Written = z.output<typeof NewJournal>

const journalReader = async (tx: Tx, requests: readonly Written[]): Promise<(written: Written) => Journal> => {
  const read = await lineReader(
    tx,
    requests.flatMap(({ lines }) => lines),
  )
  return ({ lines, ...journal }) => ({ ...journal, lines: lines.map(read) })
}

/** Many entries by hand at once: what another system kept, or a month's accruals. */
export const bulkJournalRoutes = listRoute({
  path: 'entries/bulk',
  tag: 'Journal',
  permission: 'journal.post',
  summary: 'Post many entries by hand',
  description: 'As posting one, for up to 10,000 of them.',
  request: NewJournal,
  result: PostedEntry,
  mayWait: true,
  perform: async (tx, requests, mode) => {
    const read = await journalReader(tx, requests)
    return viewsOf(await postJournalsOrAsk(tx, requests.map(read), mode), postedView)
  },
  refusable: async (tx, requests) => {
    const read = await journalReader(tx, requests)
    const journals = requests.map((request) => orRefusal(() => read(request)))
    const refused = await refusableJournals(
      tx,
      journals.flatMap((journal) => (journal instanceof Refusal ? [] : [journal])),
    )
    let place = 0
    return journals.map((journal) => (journal instanceof Refusal ? journal : refused[place++]))
  },
})

function orRefusal<T>(act: () => T): T | Refusal {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
