/** Looks through the repository for what is against the rules of the house, says each as `file:line: sentence`, and ends with 1 if there is any. */
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRepository } from './repository.ts'
import { tidy } from './rules.ts'
import { ratchetGrowth, ratchetPath, readRatchet } from './sizes.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const repository = readRepository(root)
const findings = tidy(repository)

// What was committed before bounds what is now, where there is a history to ask.
const committed = spawnSync('git', ['show', `HEAD:${ratchetPath}`], { cwd: root, encoding: 'utf8' })
if (committed.status === 0) {
  const now = readRatchet(repository.texts.get(ratchetPath))
  findings.push(...ratchetGrowth(readRatchet(committed.stdout), now))
}

for (const { path, line, sentence } of findings) console.log(`${path}:${line}: ${sentence}`)
process.exitCode = findings.length > 0 ? 1 : 0
