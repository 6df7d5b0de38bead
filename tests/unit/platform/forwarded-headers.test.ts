import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areNetworks, dropForged, proxiesOf } from '@/lib/forwarded-headers'

const told = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'vitrine.example.edu',
}

function believed(from: string | undefined, networks?: string): boolean {
  const headers = { ...told, cookie: 'a=b' }
  const dropped = dropForged(headers, from, proxiesOf(networks))
  expect(headers).toEqual(dropped ? { cookie: 'a=b' } : { ...told, cookie: 'a=b' })
  return !dropped
}

describe('what a request says of the browser behind a proxy', () => {
  it('is believed from this machine and from private networks, also where they are written as IPv6', () => {
    for (const from of [
      '127.0.0.1',
      '10.3.4.5',
      '172.20.0.3',
      '192.168.1.1',
      '::1',
      'fd12::3',
      '::ffff:10.0.0.9',
    ])
      expect(believed(from)).toBe(true)
    for (const from of ['203.0.113.7', '172.32.0.1', '2001:db8::1', '::ffff:203.0.113.7', undefined])
      expect(believed(from)).toBe(false)
  })

  it('is believed from the proxies that are named, and then from nobody else', () => {
    const networks = '198.51.100.7, 10.1.0.0/16 2001:db8:1::/48'
    for (const from of ['198.51.100.7', '10.1.200.3', '::ffff:198.51.100.7', '2001:db8:1::9'])
      expect(believed(from, networks)).toBe(true)
    for (const from of ['198.51.100.8', '10.2.0.1', '127.0.0.1', '2001:db8:2::9'])
      expect(believed(from, networks)).toBe(false)
  })

  it('is believed within a network exactly as far as its bits say', () => {
    const address = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 }), (a, b, bits) => {
        const isWithin = (a ^ b) >>> (32 - bits) === 0
        expect(believed(address(b), `${address(a)}/${bits}`)).toBe(isWithin)
      }),
    )
  })

  it('takes addresses and networks, and nothing else, for proxies', () => {
    for (const networks of ['10.0.0.5', '10.0.0.0/8, ::1', 'fe80::/10 192.0.2.1/32'])
      expect(areNetworks(networks)).toBe(true)
    for (const networks of [
      'proxy',
      '10.0.0',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '::/129',
      '10.0.0.1-5',
    ])
      expect(areNetworks(networks)).toBe(false)
  })
})
