import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'
import { remoteAddress } from './remote-address.ts'

/**
 * Reads the address that a request comes from; empty when it came over no connection. Behind the trusted proxy it is
 * the last hop of X-Forwarded-For that is not the proxy: what stands before it anybody can write.
 */
export function createAddressReader(trustedProxy: string | undefined): (c: Context) => string {
  const isProxy = createProxyTest(trustedProxy)
  return (c) => {
    // A socket for both families writes the old one within the new one.
    const peer = remoteAddress(c).replace(/^::ffff:(?=\d+\.)/i, '')
    if (!isProxy(peer)) return peer
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const client = hops.findLast((hop) => !isProxy(hop)) ?? ''
    return isIP(client) === 0 ? peer : client
  }
}

/** The network of 64 bits of an IPv6 address, which is what one household has; an IPv4 address as it is. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = ''] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':')
}

/** Whether an address is the proxy's, in whatever spelling. */
export function createProxyTest(trustedProxy: string | undefined): (address: string) => boolean {
  const proxies = new BlockList()
  if (trustedProxy !== undefined) proxies.addAddress(trustedProxy, familyOf(trustedProxy))
  return (address) => isIP(address) !== 0 && proxies.check(address, familyOf(address))
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
