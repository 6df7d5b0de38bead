import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RandomStream } from '@/lib/explainers/random'
import { float32Tensor, type TestTensor, writeSafetensors } from './safetensors-file'

export interface RandomClassifier {
  readonly widths: readonly number[]
  readonly hidden: number
  readonly classes: number
}

/** Blocks in each stack of the homework's CNN. */
const BLOCKS = [3, 3, 3, 1, 1]

/** @returns tensors named and shaped as the homework's, with random weights that keep the signal's size (He, 2015). */
export function randomTensors({ widths, hidden, classes }: RandomClassifier): Record<string, TestTensor> {
  const random = new RandomStream(9, 'random classifier')
  const tensors: Record<string, TestTensor> = {}
  const add = (name: string, shape: number[], value: () => number) => {
    const length = shape.reduce((a, b) => a * b, 1)
    tensors[name] = float32Tensor(shape, Float32Array.from({ length }, value))
  }
  const linear = (name: string, inputs: number, outputs: number) => {
    add(`${name}.weight`, [outputs, inputs], () => random.normal() * Math.sqrt(2 / inputs))
    add(`${name}.bias`, [outputs], () => 0.1 * random.normal())
  }
  let [index, channels] = [0, 3]
  for (const [stack, width] of widths.entries()) {
    for (let block = 0; block < BLOCKS[stack]!; block++) {
      const inputs = channels
      add(`cnn.${index}.weight`, [width, inputs, 3, 3], () => random.normal() * Math.sqrt(2 / (9 * inputs)))
      add(`cnn.${index}.bias`, [width], () => 0.1 * random.normal())
      add(`cnn.${index + 1}.weight`, [width], () => 0.75 + 0.5 * random.uniform())
      add(`cnn.${index + 1}.bias`, [width], () => 0.1 * random.normal())
      add(`cnn.${index + 1}.running_mean`, [width], () => 0.1 * random.normal())
      add(`cnn.${index + 1}.running_var`, [width], () => 0.75 + 0.5 * random.uniform())
      channels = width
      index += 3
    }
    index += 1
  }
  linear('fc.0', channels * 16, hidden)
  linear('fc.3', hidden, classes)
  return tensors
}

/** Writes a model folder. */
export async function saveClassifier(
  folder: string,
  tensors: Readonly<Record<string, TestTensor>>,
  classes: number,
): Promise<void> {
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`).join('|')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'model.safetensors'), writeSafetensors(tensors, { classes: names }))
}
