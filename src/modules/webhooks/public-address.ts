import { BlockList, isIP } from 'node:net'

/** By the registries of special-purpose addresses (RFC 6890 and those after it): none of these is outside. */
const inside4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by carriers
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, the metadata services of clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

// Of version 6 only 2000::/3 is given out; within it these are not, or carry an address of version 4 inside.
const inside6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const inside = new BlockList()
for (const [address, prefix] of inside4) inside.addSubnet(address, prefix, 'ipv4')
for (const [address, prefix] of inside6) inside.addSubnet(address, prefix, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is one of the public network: not of this machine, a private network, or any other special one. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !inside.check(address, 'ipv4')
    case 6:
      return global6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
    default:
      return false
  }
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) !== 0 && loopback.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** What an operator may allow: sending to this machine, and without TLS, while developing. */
export type Reach = { loopback: boolean }

/** What is wrong with an address to send to as it is written, or undefined. Names are resolved, and looked at again, when something is sent. */
export function wrongWithUrl(text: string, { loopback: allowed }: Reach): string | undefined {
  if (!URL.canParse(text)) return 'it is not a URL'
  const { protocol, hostname, username, password, port } = new URL(text)
  const host = hostname.replace(/^\[|\]$/g, '')
  const local = allowed && (host === 'localhost' || isLoopbackAddress(host))
  if (protocol !== 'https:' && !(protocol === 'http:' && local)) return 'it must begin with https://'
  if (username !== '' || password !== '') return 'it must hold no user name and no password'
  if (port === '0') return 'it has no such port'
  if (local) return undefined
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'its address is not on the public network'
  if (host === 'localhost' || host.endsWith('.localhost')) return 'its address is not on the public network'
  return undefined
}
