import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RandomStream } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import type { Provider } from '@/lib/explainers/runtime/provider'
import { relativeDistance } from '../../unit/explainers/onnx/gradient-check'
import { randomTensors, saveClassifier } from '../../unit/explainers/onnx/random-classifier'

/**
 * A program: the homework's network, thin and with random weights, on two pictures, by WebGPU and by the processor.
 * Prints the relative distances of both results as JSON. In a process of its own, because Vulkan finds its devices by
 * the environment that a process begins with.
 */

const folder = await mkdtemp(join(tmpdir(), 'vitrine-devices-'))
try {
  const thin = { widths: [4, 4, 4, 4, 4], hidden: 8, classes: 3 }
  await saveClassifier(folder, randomTensors(thin), thin.classes)
  const random = new RandomStream(7, 'two pictures')
  const data = Float32Array.from({ length: 2 * 3 * 128 * 128 }, () => random.uniform())
  const [cpu, webgpu] = [await compute('cpu', data), await compute('webgpu', data)]
  const distances = {
    logits: relativeDistance(webgpu.logits, cpu.logits),
    gradient: relativeDistance(webgpu.gradient, cpu.gradient),
    size: Math.hypot(...cpu.gradient),
  }
  process.stdout.write(JSON.stringify(distances))
} finally {
  await rm(folder, { recursive: true })
}

async function compute(provider: Provider, data: Float32Array) {
  const classifier = await openClassifier(folder, { provider, batch: 2 })
  const pictures = { data, shape: [2, 3, 128, 128] }
  const { data: logits } = await classifier.logits(pictures)
  const { gradient } = await classifier.inputGradient(pictures, { kind: 'cross-entropy', label: 1 })
  await classifier.close()
  return { logits, gradient: gradient.data }
}
