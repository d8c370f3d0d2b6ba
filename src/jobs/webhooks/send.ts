import { lookup } from 'node:dns/promises'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Attempt, isLoopbackAddress, isPublicAddress, type Reach } from '../../modules/webhooks/index.ts'

const TIMEOUT_MS = 15_000
const HEAD_BYTES = 1024

/** Resolves a name to its addresses. */
export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>

const resolveAll: Resolve = (name) => lookup(name, { all: true })

export type Outgoing = { url: string; headers: Record<string, string>; body: string }

/**
 * Sends one message and says what came of it. The name is resolved once: every address that it has must be outside, and the connection goes to
 * the address that was looked at, so that a name which changes meanwhile leads nowhere else. Redirects are not followed.
 */
export async function sendMessage(outgoing: Outgoing, reach: Reach, resolve: Resolve = resolveAll): Promise<Attempt> {
  const began = performance.now()
  try {
    const url = new URL(outgoing.url)
    const { address, family } = await addressOf(url, reach, resolve)
    const found = await post(url, outgoing, { address, family })
    return { ...found, durationMs: performance.now() - began, error: '' }
  } catch (error) {
    const { message, name } = error as Error
    const words = name === 'TimeoutError' || name === 'AbortError' ? `no answer within ${TIMEOUT_MS / 1000} s` : message
    return { status: null, durationMs: performance.now() - began, error: words.slice(0, 500), responseHead: '' }
  }
}

async function addressOf(url: URL, reach: Reach, resolve: Resolve) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = await resolve(host)
  const [first] = addresses
  if (first === undefined) throw new Error(`${host} has no address`)
  const may = ({ address }: { address: string }): boolean =>
    isPublicAddress(address) || (reach.loopback && isLoopbackAddress(address))
  if (!addresses.every(may)) throw new Error(`${host} does not lead to the public network`)
  if (url.protocol !== 'https:' && !(reach.loopback && isLoopbackAddress(first.address)))
    throw new Error('only https is sent to')
  return first
}

function post(
  url: URL,
  { headers, body }: Outgoing,
  { address, family }: { address: string; family: number },
): Promise<Pick<Attempt, 'status' | 'responseHead'>> {
  const pinned = ((_host, options, done) => {
    if (options.all)
      (done as (error: null, all: { address: string; family: number }[]) => void)(null, [{ address, family }])
    else done(null, address, family)
  }) as LookupFunction
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: pinned,
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }
  return new Promise((done, fail) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      readHead(response).then((responseHead) => done({ status: response.statusCode ?? null, responseHead }), fail)
    })
    request.on('error', fail)
    request.end(body)
  })
}

/** The beginning of an answer; the rest is not read. */
async function readHead(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    bytes += part.length
    if (bytes >= HEAD_BYTES) break
  }
  response.destroy()
  return Buffer.concat(parts).subarray(0, HEAD_BYTES).toString()
}
