import fc from 'fast-check'
import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { GatheredMetrics } from '@/bin/web-metrics.mjs'

/** A web process that counts. */
function openProcess() {
  const registry = new Registry()
  const registers = [registry]
  const saves = new Counter({ name: 'saves_total', help: 'h', labelNames: ['outcome'], registers })
  const seconds = new Histogram({ name: 'seconds', help: 'h', buckets: [1, 2], registers })
  const open = new Gauge({ name: 'open', help: 'h', registers })
  return {
    save: (outcome: string) => {
      saves.inc({ outcome })
      seconds.observe(1.5)
      open.set(1)
    },
    report: () => registry.getMetricsAsJSON(),
  }
}

const readValue = (text: string, name: string) =>
  Number(new RegExp(`^${name.replaceAll(/[{}"]/g, '\\$&')} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)

it('what several processes counted never goes down when one ends, and is all of it', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ process: fc.nat(2), what: fc.constantFrom('stored', 'refused') }) },
    { weight: 1, arbitrary: fc.record({ process: fc.nat(2), what: fc.constant('ends') }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const gathered = new GatheredMetrics()
      const slots = new Map<number, { id: number; process: ReturnType<typeof openProcess> }>()
      let born = 0
      const counted = { stored: 0, refused: 0 }
      const read = async () => AggregatorRegistry.aggregate([...gathered.reports()]).metrics()
      for (const { process: slot, what } of steps) {
        const living = slots.get(slot) ?? { id: ++born, process: openProcess() }
        slots.set(slot, living)
        if (what === 'ends') {
          gathered.end(living.id)
          slots.delete(slot)
        } else {
          living.process.save(what)
          counted[what as keyof typeof counted] += 1
          gathered.receive(living.id, await living.process.report())
        }
        const text = await read()
        for (const [outcome, count] of Object.entries(counted))
          expect(readValue(text, `saves_total{outcome="${outcome}"}`)).toBe(count)
        expect(readValue(text, 'seconds_count')).toBe(counted.stored + counted.refused)
        expect(readValue(text, 'seconds_bucket{le="2"}')).toBe(counted.stored + counted.refused)
      }
      // What is now is of those that live.
      const open = [...slots.values()].length
      expect(readValue(await read(), 'open')).toBeLessThanOrEqual(open)
    }),
    { numRuns: 30 },
  )
})
