/**
 * How long each explainer takes, on each execution provider that works here, on the bundled classifier and on one of
 * the course's size with random weights; beside the time that the arithmetic alone needs at the rate measured in the
 * same run, and beside PyTorch, where python3 has it.
 *
 *   npm run bench:explain -- [--providers cuda,cpu] [--models bundled,course] [--batches 25,50,100] [--json FILE]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Classifier } from '@/lib/explainers/classifier'
import type { Explainer } from '@/lib/explainers/explainer'
import { filterActivation } from '@/lib/explainers/methods/filter-activation'
import { filterVisualization } from '@/lib/explainers/methods/filter-visualization'
import { integratedGradients } from '@/lib/explainers/methods/integrated-gradients'
import { lime } from '@/lib/explainers/methods/lime'
import { fillWithMeanColours } from '@/lib/explainers/methods/lime-perturbation'
import { saliency } from '@/lib/explainers/methods/saliency'
import { smoothGrad } from '@/lib/explainers/methods/smooth-grad'
import { readNetwork } from '@/lib/explainers/onnx/classifier-folder'
import { logitsGraph } from '@/lib/explainers/onnx/classifier-graph'
import type { HiddenCopies } from '@/lib/explainers/picture-copies'
import { RandomStream } from '@/lib/explainers/random'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { chooseProvider, PROVIDERS, type Provider } from '@/lib/explainers/runtime/provider'
import { slic } from '@/lib/explainers/segmentation/slic'
import { randomTensors, saveClassifier } from '../unit/explainers/onnx/random-classifier'
import { readReference } from '../unit/explainers/reference-arrays'
import { compareWithFloat64 } from './explain/agreement'
import { countWork, type Work } from './explain/arithmetic'
import { type Ceilings, measureCeilings } from './explain/ceilings'
import { runPython } from './explain/python'
import { medianSeconds } from './explain/timing'

const { values } = parseArgs({
  options: {
    providers: { type: 'string' },
    models: { type: 'string', default: 'bundled,course' },
    batches: { type: 'string' },
    repeats: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
})
/** A server has no graphs of random models. */
const DEVICES = PROVIDERS.filter((provider) => provider !== 'kserve')
const repeats = Number(values.repeats)
const picture = readReference(0, 'input')
const rows: Row[] = []

interface Row {
  readonly model: string
  readonly provider: string
  readonly precision: string
  readonly work: string
  readonly batch: number
  readonly seconds: number
  /** Seconds that the arithmetic or the memory traffic alone would take, whichever is more. */
  readonly floor?: number
  /** Relative L2 distance to the result in float32. */
  readonly error?: number
  /** How often as long as ours it takes. */
  readonly ratio?: number
}

function report(row: Row): void {
  rows.push(row)
  const { floor, error, ratio } = row
  const share =
    floor === undefined ? '' : `floor ${format(floor)}, ${((100 * floor) / row.seconds).toFixed(0)} %`
  const distance = error === undefined ? '' : `  error ${error.toExponential(1)}`
  const times = ratio === undefined ? '' : `${ratio.toFixed(2)} times ours`
  const name = `${row.model} ${row.provider} ${row.precision} ${row.work}, ${row.batch} a run`
  console.log(`${name.padEnd(66)} ${format(row.seconds)}   ${share}${distance}${times}`)
}

const format = (seconds: number) =>
  seconds < 1 ? `${(1000 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`

/** One thousand copies with random superpixels hidden, as LIME makes them. */
function thousandCopies(): HiddenCopies {
  const { labels, count } = slic(picture, { segments: 200, compactness: 1, sigma: 1 })
  const random = new RandomStream(0, 'bench')
  const data = Float32Array.from({ length: 1000 * count }, () => (random.bit() ? 1 : 0))
  const filled = fillWithMeanColours(picture, labels, count)
  return { kind: 'hidden', picture, filled, labels, shown: { data, shape: [1000, count] } }
}

async function benchModel(model: string, folder: string, provider: Provider): Promise<void> {
  const ceilings = await measureCeilings(provider)
  console.log(
    `\n${provider}: ${(ceilings.operations / 1e12).toFixed(2)} TFLOP/s in float32, ${(ceilings.bytes / 1e9).toFixed(0)} GB/s`,
  )
  const { network } = await readNetwork(folder)
  const file = join(folder, 'model.safetensors')
  const copies = thousandCopies()
  const batches = values.batches?.split(',').map(Number) ?? [undefined]
  let exact: Float32Array | undefined
  for (const batch of batches) {
    const classifier = await openClassifier(folder, { provider, ...(batch && { batch }) })
    const size = classifier.batchOf(1000)
    const forward = floorOf(countWork(logitsGraph(network, size)), ceilings) / size
    // By its input, each convolution and each product has a gradient of just its own size.
    const gradient = 2 * forward
    const line = { model, provider, precision: classifier.precision, batch: size }
    exact = (await classifier.logits(copies)).data
    const seconds = await medianSeconds(() => classifier.logits(copies), repeats)
    report({ ...line, work: 'logits of 1,000 copies', seconds, floor: 1000 * forward })
    await benchExplainers(classifier, line, { forward, gradient })
    if (batch === batches[0]) await reportAgreement(classifier, file)
    await classifier.close()
  }
  if (provider === 'cuda') await benchHalf(model, folder, copies, exact!)
  benchPyTorch(model, provider, file, Number(batches.at(-1) ?? 50))
}

async function benchExplainers(
  classifier: Classifier,
  line: Pick<Row, 'model' | 'provider' | 'precision' | 'batch'>,
  floors: { readonly forward: number; readonly gradient: number },
): Promise<void> {
  const explainers: readonly [Explainer, number][] = [
    [lime as Explainer, 1000 * floors.forward],
    [smoothGrad as Explainer, 500 * floors.gradient],
    [saliency as Explainer, floors.gradient],
    [integratedGradients as Explainer, 10 * floors.gradient],
    [filterActivation as Explainer, Number.NaN],
    [filterVisualization as Explainer, Number.NaN],
  ]
  for (const [explainer, floor] of explainers) {
    const parameters = explainer.parameters('homework', classifier).parse(filterOf(explainer))
    const request = { classifier, picture, target: 0, variant: 'homework', parameters, seed: 16 } as const
    const seconds = await medianSeconds(() => explainer.explain(request), repeats)
    report({ ...line, work: explainer.method, seconds, ...(Number.isNaN(floor) ? {} : { floor }) })
  }
}

/** Those of filters need to be told which. */
function filterOf({ method }: Explainer): { readonly layer?: number; readonly filter?: number } {
  return method.startsWith('filter-') ? { layer: 15, filter: 0 } : {}
}

async function benchHalf(model: string, folder: string, copies: HiddenCopies, exact: Float32Array) {
  const ceilings = await measureCeilings('cuda', true)
  console.log(`cuda: ${(ceilings.operations / 1e12).toFixed(0)} TFLOP/s in float16`)
  const batch = 200
  const classifier = await openClassifier(folder, { provider: 'cuda', precision: 'float16', batch })
  const { network } = await readNetwork(folder)
  const { operations, bytes } = countWork(logitsGraph(network, batch))
  const floor = (floorOf({ operations, bytes: bytes / 2 }, ceilings) / batch) * 1000
  const { data } = await classifier.logits(copies)
  const seconds = await medianSeconds(() => classifier.logits(copies), repeats)
  const line = { model, provider: 'cuda', precision: 'float16', batch }
  report({ ...line, work: 'logits of 1,000 copies', seconds, floor, error: relativeDistance(data, exact) })
  await classifier.close()
}

function floorOf({ operations, bytes }: Work, ceilings: Ceilings): number {
  return Math.max(operations / ceilings.operations, bytes / ceilings.bytes)
}

function relativeDistance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b)
}

/** The same arithmetic in PyTorch, in a process of its own. */
function benchPyTorch(model: string, provider: Provider, file: string, batch: number): void {
  const { result, obstacle } = runPython('pytorch.py', file, String(batch), String(repeats))
  if (obstacle) {
    console.log(`PyTorch did not run here: ${obstacle}`)
    return
  }
  const { torch, device, name, seconds, missing } = result as PyTorchTimes
  console.log(`PyTorch ${torch} on ${name}`)
  for (const [work, time] of Object.entries(seconds)) {
    const precision = /float16|tf32/.exec(work)?.[0] ?? 'float32'
    const ours = rows.findLast(
      (row) =>
        row.model === model &&
        row.provider === provider &&
        row.precision === precision &&
        row.work ===
          work
            .split(',')
            .slice(0, work.startsWith('logits') ? 2 : 1)
            .join(','),
    )
    const ratio = ours && { ratio: time / ours.seconds }
    report({ model, provider: `PyTorch ${device}`, precision, work, batch, seconds: time, ...ratio })
  }
  if (missing.length > 0)
    console.log(`not compared with ${missing.join(' and ')}: pip install ${missing.join(' ')}`)
}

interface PyTorchTimes {
  readonly torch: string
  readonly device: string
  readonly name: string
  readonly seconds: Readonly<Record<string, number>>
  /** Packages that are not installed. */
  readonly missing: readonly string[]
}

async function reportAgreement(classifier: Classifier, file: string): Promise<void> {
  const agreement = await compareWithFloat64(classifier, picture, file)
  if (typeof agreement === 'string') return
  for (const [name, { distance, pearson }] of Object.entries(agreement)) {
    console.log(
      `  ${name} against float64: relative L2 ${distance.toExponential(1)}, Pearson ${pearson.toFixed(7)}`,
    )
  }
}

console.log(`${cpus()[0]?.model}, ${availableParallelism()} threads, Node ${process.version}`)
const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
try {
  const course = join(folder, 'course')
  const widths = [128, 128, 256, 512, 512]
  await saveClassifier(course, randomTensors({ widths, hidden: 1024, classes: 11 }), 11)
  const folders: Record<string, string> = { bundled: 'models/food-cnn', course }
  for (const provider of (values.providers?.split(',') ?? DEVICES) as Provider[]) {
    try {
      console.log((await chooseProvider(provider)).reason)
    } catch (error) {
      console.log((error as Error).message)
      continue
    }
    for (const model of values.models.split(',')) await benchModel(model, folders[model]!, provider)
  }
} finally {
  await rm(folder, { recursive: true })
}
if (values.json) await writeFile(values.json, JSON.stringify(rows, null, 2))
