import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { CUDA_LIBRARY, onnxruntimeFolder } from '@/lib/explainers/runtime/onnxruntime-folder'
import { ownPlatform } from '@/lib/gpu/platform'
import type { FigureDevice } from '@/lib/jobs/figure-workers'

const MEBIBYTES_PER_GIBIBYTE = 1024

/**
 * Foresees where workers that start here will compute, from files and settings alone: onnxruntime would take a device's
 * memory to say it. Of a card by WebGPU nothing can be known this way: it counts as the processor.
 */
export async function foreseeDevice(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FigureDevice> {
  const wants = (provider: string) => (source.VITRINE_PROVIDER || provider) === provider
  if (source.VITRINE_KSERVE_URL && wants('kserve')) return 'server'
  const hasCuda = existsSync(path.join(onnxruntimeFolder(), CUDA_LIBRARY)) && ownPlatform().hasDriver
  const memory = hasCuda && wants('cuda') ? await readCardMemory() : null
  return memory === null ? 'processor' : { memory }
}

/** @returns GiB of the smallest card; null where NVIDIA's tool does not say it. */
async function readCardMemory(): Promise<number | null> {
  const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits']
  const { stdout } = await promisify(execFile)('nvidia-smi', query).catch(() => ({ stdout: '' }))
  return parseCardMemory(stdout)
}

/** @param lines MiB of each card, one a line @returns GiB of the smallest; null where a line is no number. */
export function parseCardMemory(lines: string): number | null {
  const cards = lines.trim().split('\n').map(Number)
  const smallest = Math.min(...cards)
  return smallest > 0 ? smallest / MEBIBYTES_PER_GIBIBYTE : null
}
