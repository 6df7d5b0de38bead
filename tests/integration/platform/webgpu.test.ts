import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findSoftwareVulkan } from '@/bin/testing/software-vulkan'

const vulkan = findSoftwareVulkan()
const obstacle = 'obstacle' in vulkan ? vulkan.obstacle : undefined

test.skipIf(obstacle !== undefined && !process.env.CI)(
  `WebGPU computes what the processor computes${obstacle ? ` (left out: ${obstacle})` : ''}`,
  async () => {
    expect(obstacle).toBeUndefined()
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'on-two-devices.ts')],
      { env: { ...process.env, ...vulkan, VITRINE_PROVIDER: '', VITRINE_PRECISION: '' } },
    )
    const distances = JSON.parse(stdout) as Record<'logits' | 'gradient' | 'size', number>
    expect(distances.logits).toBeLessThan(2e-6)
    // Beside a rectifier's zero a value may fall on the other side.
    expect(distances.gradient).toBeLessThan(1e-3)
    expect(distances.size).toBeGreaterThan(0.1)
  },
)
