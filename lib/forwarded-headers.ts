import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** In these a proxy says who asked it, and for which address. Anybody else could say anything. */
const forwardedHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
] as const

/** This machine, and addresses that no one outside has: RFC 1918, 4193, 6598 and link-local ones. */
const privateNetworks = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
]

/** @param networks addresses and networks (CIDR), with spaces or commas between; none: private ones */
export function proxiesOf(networks: string | undefined): BlockList {
  const proxies = new BlockList()
  for (const network of networks === undefined ? privateNetworks : networksIn(networks)) {
    const [address, bits] = network.split('/') as [string, string | undefined]
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) proxies.addAddress(address, family)
    else proxies.addSubnet(address, Number(bits), family)
  }
  return proxies
}

/** Whether every word is an address or a network. */
export function areNetworks(networks: string): boolean {
  return networksIn(networks).every((network) => {
    const [address, bits, ...more] = network.split('/') as [string, ...string[]]
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!
    return (
      more.length === 0 &&
      most > 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
    )
  })
}

function networksIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

/**
 * Takes the forwarded headers off a request that no proxy brought.
 * @param from the address at the other end of the connection
 * @returns whether there were any
 */
export function dropForged(
  headers: IncomingHttpHeaders,
  from: string | undefined,
  proxies: BlockList,
): boolean {
  if (from !== undefined && proxies.check(from, isIP(from) === 6 ? 'ipv6' : 'ipv4')) return false
  const forged = forwardedHeaders.filter((name) => headers[name] !== undefined)
  for (const name of forged) delete headers[name]
  return forged.length > 0
}
