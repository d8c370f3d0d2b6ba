import { BadInput } from '../../kernel/bad-input.ts'
import { postJournals } from '../../modules/journal/index.ts'
import { findInputFiles, type InputFile, identifyFiles } from '../input-files.ts'
import { withParties } from '../journals/kept-entries.ts'
import type { JournalFormat } from '../journals/run-journals.ts'
import { type LegacyAccount, readLegacyAccounts } from './account-map.ts'
import { JournalSpill } from './journal-spill.ts'
import type { JournalSink } from './parsed.ts'
import { type PlacedJournal, planJournals } from './plan-journals.ts'
import { readBeancount } from './read-beancount.ts'
import { readCsvJournal } from './read-csv-journal.ts'
import { readHledger } from './read-hledger.ts'

const kinds = ['csv', 'journal', 'hledger', 'ledger', 'j', 'beancount'] as const
const isAccountMap = ({ name }: InputFile): boolean => /^accounts\.csv(\.gz)?$/i.test(name)

/**
 * Journals of other programs: CSV, the text of hledger and ledger, the text of beancount; and accounts.csv, which says which account is which.
 * Entries wait in a spill, so that memory does not grow with the files.
 */
export const journalFormat: JournalFormat<PlacedJournal> = {
  name: 'journal',
  kind: 'journal',
  read: async (paths, log) => {
    const files = await identifyFiles(await findInputFiles(paths, kinds), kinds, log)
    const spill = new JournalSpill(files)
    try {
      const legacy: LegacyAccount[] = []
      const counted: (InputFile & { lines: number })[] = []
      for (const [index, file] of files.entries()) {
        const before = spill.postings
        if (isAccountMap(file)) legacy.push(...(await readLegacyAccounts(file)))
        else await readJournal(file, index, spill)
        counted.push({ ...file, lines: spill.postings - before })
      }
      spill.sort()
      return {
        files: counted,
        plan: (tx, accounts) => planJournals(tx, spill, legacy, accounts),
        post: async (tx, entries) =>
          await postJournals(
            tx,
            await withParties(
              tx,
              entries.map(({ file: _, places: __, ...journal }) => journal),
            ),
          ),
        kept: ({ file, places, ...journal }) => ({ journal, settles: [], file, lines: places }),
        close: () => spill.remove(),
      }
    } catch (error) {
      spill.remove()
      throw error
    }
  },
}

async function readJournal({ path, name }: InputFile, index: number, spill: JournalSpill): Promise<void> {
  const before = spill.entries
  await readerOf(path)(path, spill.sinkFor(index))
  if (spill.entries === before && !isCsv(path))
    throw new BadInput({ file: path, line: 1, column: 1 }, `${name} without a transaction`, 'expected some')
}

const isCsv = (path: string): boolean => /\.csv(\.gz)?$/i.test(path)

const readerOf = (path: string): ((file: string, sink: JournalSink) => Promise<void>) =>
  isCsv(path) ? readCsvJournal : /\.beancount(\.gz)?$/i.test(path) ? readBeancount : readHledger
