import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFiles } from '../imports/index.ts'
import { type Database, inCompany } from '../kernel/database.ts'
import { adoptImportRuns, finishImportRequest, saveImportRequest } from '../modules/intake/index.ts'

/** A file that a channel of the sample exports. */
export type ExportFile = { format: string; name: string; content: string }

/** Imports a file as anybody would who was given it, and keeps what came of it in the list of imports. A second time adds nothing. */
export async function importSales(database: Database, companyId: bigint, file: ExportFile): Promise<void> {
  const { format, name, content } = file
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-sample-'))
  try {
    const path = join(folder, name)
    await writeFile(path, content)
    const result = await importFiles(database, companyId, format, { files: [path] })
    const sha256 = createHash('sha256').update(content).digest('hex')
    await inCompany(database, companyId, async (tx) => {
      const { id } = await saveImportRequest(tx, { format, dryRun: false, files: [{ name, sha256 }] })
      await adoptImportRuns(tx, id, format)
      await finishImportRequest(tx, id, { result })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
