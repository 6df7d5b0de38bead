import { describe, expect, test } from 'vitest'
import { measureSpeed } from '@/lib/explainers/runtime/measured-speed'
import {
  chooseProvider,
  giveUpProvider,
  inspectProviders,
  insteadOf,
  ProviderFailure,
} from '@/lib/explainers/runtime/provider'
import { fallingBack } from '@/lib/jobs/provider-fallback'

type Helpers = Parameters<NonNullable<ReturnType<typeof fallingBack>[string]>>[1]
const helpers = {} as Helpers

describe('execution providers', () => {
  test('are looked at in the order in which they are tried; the processor always works, and has a speed', async () => {
    const states = await inspectProviders()
    expect(states.map(({ provider }) => provider)).toEqual(['kserve', 'cuda', 'webgpu', 'cpu'])
    expect(states.at(-1)).toEqual({ provider: 'cpu', obstacle: null })
    expect(await measureSpeed('cpu')).toBeGreaterThan(1e8)
  })

  test('that were asked for and cannot be used are refused with the reason', async () => {
    const message = expect.stringContaining('VITRINE_KSERVE_URL is not set')
    await expect(chooseProvider('kserve')).rejects.toMatchObject({ code: 'provider-unavailable', message })
  })

  test('that fail in the middle of a job are given up: the job is tried again, and evidence says so', async () => {
    let closed = 0
    const tasks = fallingBack(
      {
        draw: async () => {
          throw new ProviderFailure('cuda', new Error('CUDA failure 2: out of memory'))
        },
      },
      async () => {
        closed += 1
      },
    )
    expect(insteadOf('cpu')).toEqual({})
    await expect(tasks.draw!({}, helpers)).rejects.toBeInstanceOf(ProviderFailure)
    expect(closed).toBe(1)
    expect(insteadOf('cpu')).toEqual({ insteadOf: 'cuda' })
    expect(insteadOf('cuda')).toEqual({})
    const { provider, reason } = await chooseProvider('')
    expect(provider).not.toBe('cuda')
    expect(reason).toContain('cuda failed in the middle: CUDA failure 2: out of memory')
  })

  test('are not given up for any other error of a job', async () => {
    const tasks = fallingBack(
      {
        draw: async () => {
          throw new Error('a mistake of ours')
        },
      },
      async () => expect.unreachable('no model is closed'),
    )
    await expect(tasks.draw!({}, helpers)).rejects.toThrow('a mistake of ours')
    giveUpProvider(new ProviderFailure('webgpu', 'lost'))
    expect(insteadOf('cpu')).toEqual({ insteadOf: 'cuda' })
  })
})
