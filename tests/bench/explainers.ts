/**
 * Prints how long each explainer takes on this machine: `npx tsx tests/bench/explainers.ts [model folder]`. Other work
 * on the machine shows in the numbers: the load average is printed beside them.
 */
import { loadavg } from 'node:os'
import type { Variant } from '@/lib/explainers/evidence'
import type { Explainer } from '@/lib/explainers/explainer'
import { filterActivation } from '@/lib/explainers/methods/filter-activation'
import { filterVisualization } from '@/lib/explainers/methods/filter-visualization'
import { integratedGradients } from '@/lib/explainers/methods/integrated-gradients'
import { lime } from '@/lib/explainers/methods/lime'
import { saliency } from '@/lib/explainers/methods/saliency'
import { smoothGrad } from '@/lib/explainers/methods/smooth-grad'
import { RandomStream } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { chooseProvider } from '@/lib/explainers/runtime/provider'
import { readReference } from '../unit/explainers/reference-arrays'

const folder = process.argv[2] ?? 'models/food-cnn'
const { provider, reason } = await chooseProvider()
const classifier = await openClassifier(folder)
const picture = readReference(0, 'input')

console.log(`${classifier.name} on ${provider} (${reason}), ${classifier.batchOf(1000)} pictures a run`)

async function time(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  console.log(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(8)} s   load ${loadavg()[0]!.toFixed(1)}`)
}

const thousand = (() => {
  const random = new RandomStream(0, 'bench')
  const data = Float32Array.from({ length: 1000 * picture.data.length }, () => random.uniform())
  return { data, shape: [1000, ...picture.shape] }
})()
// The first run also opens the session.
await classifier.logits({
  data: thousand.data.subarray(0, 4 * picture.data.length),
  shape: [4, ...picture.shape],
})
await time('forward pass of 1,000 pictures', () => classifier.logits(thousand))

const explainers: readonly Explainer[] = [
  saliency,
  smoothGrad,
  integratedGradients,
  filterActivation,
  filterVisualization,
  lime,
]
for (const variant of ['homework', 'paper'] satisfies Variant[]) {
  for (const explainer of explainers) {
    const parameters = explainer.parameters(variant, classifier).parse({})
    await time(`${explainer.method}, ${variant}, ${JSON.stringify(parameters)}`.slice(0, 44), () =>
      explainer.explain({ classifier, picture, target: 0, variant, parameters, seed: 16 }),
    )
  }
}
await classifier.close()
