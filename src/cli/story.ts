import { readFile } from 'node:fs/promises'
import { BadInput } from '../imports/index.ts'
import { parseStory, playStory } from '../stories/index.ts'
import { type Command, UsageError } from './command.ts'
import { readWords } from './words.ts'

export const story: Command = (words) => {
  const { values, positionals: files } = readWords(words, { keep: { type: 'boolean' } })
  if (files.length === 0) throw new UsageError('Give the stories to play.')
  const keep = values.keep === true
  return async ({ database, terminal }) => {
    // All are read before the first is played, so that a slip of the pen stores nothing.
    const stories = await Promise.all(files.map(async (file) => parseStory(file, await textOf(file))))
    let ok = true
    for (const told of stories) {
      const played = await playStory(database, told, { keep })
      ok &&= played.ok
      const kept = played.companyId === null ? '' : `; kept as company ${played.companyId}`
      await terminal.line(
        `${played.ok ? 'ok' : 'DIFFERS'}  ${played.file}: ${played.facts === 1 ? '1 fact' : `${played.facts} facts`}${kept}`,
      )
      for (const { file, line, column, text, expected, found } of played.differences) {
        await terminal.line(`  ${file}:${line}:${column}: ${text.trim()}: expected ${expected}; found ${found}`)
      }
    }
    return ok ? 0 : 1
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'a file that cannot be read'
    throw new BadInput({ file, line: 1, column: 1 }, found, 'expected a story')
  }
}
