import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foreseeDevice, parseCardMemory } from '@/lib/jobs/figure-device'
import { chooseFigureWorkers, type FigureDevice } from '@/lib/jobs/figure-workers'

const sizes = fc.double({ min: 0.1, max: 4096, noNaN: true })
const devices = fc.oneof(fc.constantFrom<FigureDevice>('processor', 'server'), fc.record({ memory: sizes }))
const hosts = fc.record({ cores: fc.integer({ min: 1, max: 512 }), memory: sizes, device: devices })

describe('workers of figures where nobody says how many', () => {
  it('are one on a processor, however large the machine', () => {
    fc.assert(fc.property(hosts, (host) => chooseFigureWorkers({ ...host, device: 'processor' }) === 1))
  })

  it('are one to four, and no fewer on a machine with more of everything', () => {
    fc.assert(
      fc.property(hosts, fc.integer({ min: 0, max: 64 }), (host, more) => {
        const { cores, memory, device } = host
        const larger = typeof device === 'object' ? { memory: device.memory + more } : device
        const count = chooseFigureWorkers(host)
        expect(Number.isInteger(count) && count >= 1 && count <= 4).toBe(true)
        const onLarger = { cores: cores + more, memory: memory + more, device: larger }
        expect(chooseFigureWorkers(onLarger)).toBeGreaterThanOrEqual(count)
      }),
    )
  })

  it.each([
    ['a large card in a large machine', 16, 128, { memory: 80 }, 4],
    ['a card that holds the work of two', 16, 64, { memory: 24 }, 2],
    ['a card that holds the work of one', 32, 128, { memory: 8 }, 1],
    ['few cores beside a large card', 8, 64, { memory: 80 }, 2],
    ['little memory beside a large card', 16, 8, { memory: 80 }, 2],
    ['an inference server', 16, 64, 'server', 4],
  ] as const)('%s', (_, cores, memory, device, expected) => {
    expect(chooseFigureWorkers({ cores, memory, device })).toBe(expected)
  })
})

describe('where workers will compute', () => {
  it('is an inference server where its address is set and nothing else is wanted', async () => {
    const address = { VITRINE_KSERVE_URL: 'http://triton:8000' }
    expect(await foreseeDevice(address)).toBe('server')
    expect(await foreseeDevice({ ...address, VITRINE_PROVIDER: 'kserve' })).toBe('server')
    expect(await foreseeDevice({ ...address, VITRINE_PROVIDER: 'cpu' })).toBe('processor')
  })

  it('is the smallest of the cards that NVIDIA’s tool lists', () => {
    expect(parseCardMemory('81920\n24576\n')).toBe(24)
    for (const nothing of ['', '[N/A]\n', '81920\n[N/A]\n']) expect(parseCardMemory(nothing)).toBeNull()
  })
})
