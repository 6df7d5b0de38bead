import { describe, expect, it } from 'vitest'
import type { FigureProgress } from '@/lib/figures/progress'
import { ProgressWriter } from '@/lib/jobs/progress-writer'

const at = (done: number): FigureProgress => ({
  step: 'perturbed-copies',
  done,
  total: 100,
  secondsLeft: null,
})

describe('ProgressWriter', () => {
  it('writes at most twice a second', async () => {
    let now = 0
    const written: number[] = []
    const writer = new ProgressWriter(
      async ({ done }) => void written.push(done),
      () => {},
      () => now,
    )
    for (; now < 2000; now += 20) {
      writer.report(at(now))
      await writer.settle()
    }
    expect(written).toEqual([0, 500, 1000, 1500])
  })

  it('never has two writes under way, and waits for the last one', async () => {
    let now = 0
    const events: string[] = []
    let finish = () => {}
    const writer = new ProgressWriter(
      ({ done }) => {
        events.push(`begin ${done}`)
        return new Promise<void>((resolve) => {
          finish = resolve
        }).then(() => void events.push(`end ${done}`))
      },
      () => {},
      () => now,
    )
    writer.report(at(1))
    now = 5000
    writer.report(at(2))
    const settling = writer.settle().then(() => void events.push('settled'))
    await Promise.resolve()
    expect(events).toEqual(['begin 1'])
    finish()
    await settling
    expect(events).toEqual(['begin 1', 'end 1', 'settled'])
  })

  it('a write that fails is reported and the next one is made', async () => {
    let now = 0
    const errors: unknown[] = []
    const writer = new ProgressWriter(
      async ({ done }) => {
        if (done === 1) throw new Error('lost')
      },
      (error) => errors.push(error),
      () => now,
    )
    writer.report(at(1))
    await writer.settle()
    now = 500
    writer.report(at(2))
    await writer.settle()
    expect(errors).toHaveLength(1)
  })
})
