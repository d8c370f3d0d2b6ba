/** How files of a kind begin, and what they are called. A zip is also what office documents are inside. */
const signatures: readonly { type: string; at?: number; bytes: readonly number[] }[] = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { type: 'image/tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'image/heic', at: 4, bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69] },
  { type: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: 'application/gzip', bytes: [0x1f, 0x8b] },
]

const unknown = 'application/octet-stream'

// Kinds that are another kind inside, so that both names are true.
const office = 'application/vnd.openxmlformats-officedocument.'
const isZip = (type: string): boolean =>
  type === 'application/zip' || type.startsWith(office) || type.startsWith('application/vnd.oasis.opendocument.')
const isText = (type: string): boolean =>
  /^(?:text\/(?:plain|csv|markdown)|application\/(?:json|xml)|text\/xml|message\/rfc822)$/.test(type)

/** What a file is by its first bytes; text where it is UTF-8 without control characters. */
function sniffed(content: Buffer): string {
  const found = signatures.find(({ at = 0, bytes }) => bytes.every((byte, index) => content[at + index] === byte))
  if (found !== undefined) return found.type
  const head = content.subarray(0, 4096)
  return head.some((byte) => byte < 9 || (byte > 13 && byte < 32)) ? unknown : 'text/plain'
}

/**
 * The media type under which a file is kept: the one that it is said to be where the content can be that, what the content is where nothing is
 * said, and undefined where the two contradict each other.
 */
export function mediaTypeOf(content: Buffer, declared: string | null): string | undefined {
  const actual = sniffed(content)
  const said = declared?.split(';')[0]?.trim().toLowerCase()
  if (said === undefined || said === '' || said === unknown) return actual
  if (said === actual) return said
  if (actual === 'application/zip' && isZip(said)) return said
  if (actual === 'text/plain' && isText(said)) return said
  return undefined
}
