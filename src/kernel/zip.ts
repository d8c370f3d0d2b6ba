import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** A file of an archive. Its content is read to the end before the next file is asked for. */
export type PackFile = { name: string; content: AsyncIterable<Uint8Array> }

/** The files of a pack as one ZIP archive, part by part: each file is packed while it is read. */
export async function* zipOf<Outcome>(files: AsyncGenerator<PackFile, Outcome>): AsyncGenerator<Uint8Array, Outcome> {
  const ready: Uint8Array[] = []
  let failure: Error | undefined
  const zip = new Zip((error, part) => {
    if (error) failure = error
    else ready.push(part)
  })
  const take = (): Uint8Array[] => {
    if (failure !== undefined) throw failure
    return ready.splice(0)
  }
  for (;;) {
    const next = await files.next()
    if (next.done === true) {
      zip.end()
      yield* take()
      return next.value
    }
    const { name, content } = next.value
    // What is packed already gets no smaller.
    const entry = /\.(xlsx|pdf)$/.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    zip.add(entry)
    for await (const chunk of content) {
      entry.push(chunk)
      yield* take()
    }
    entry.push(new Uint8Array(), true)
    yield* take()
  }
}
