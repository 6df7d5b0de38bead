import { basename } from 'node:path'
import type { Classifier, Objective, RandomizedDepth } from '../classifier'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import {
  activationGraph,
  filterGradientGraph,
  logitsGradientGraph,
  logitsGraph,
} from '../onnx/classifier-graph'
import { type ClassifierWeights, readClassifierWeights } from '../onnx/classifier-weights'
import { type Constant, elementCount, type Graph } from '../onnx/graph'
import { hashOfWeights, randomizeWeights } from '../onnx/random-weights'
import { readStateDict } from '../onnx/safetensors'
import { chooseProvider, type Provider } from './provider'
import { SessionCache } from './session-cache'

export interface ClassifierOptions {
  /** Use only this execution provider; default: the best there is, or what VITRINE_PROVIDER says. */
  readonly provider?: Provider
  /** Threads of the CPU provider; default: one for each core. */
  readonly threads?: number
  /** Pictures per run when there are several; default: 4 on a CPU, 50 on an accelerator. */
  readonly batch?: number
}

/**
 * More pictures a run do not make a CPU faster, and cost memory: at the course's widths a gradient keeps about
 * 100 MB for each.
 */
const BATCH: Readonly<Record<Provider, number>> = { cpu: 4, cuda: 50, webgpu: 50 }
const SESSIONS = 6

/**
 * Opens the homework's classifier from `models/<name>`: `model.safetensors` (or shards), whose metadata name the
 * `classes`, separated by |.
 * @throws ExplainerError 'model-missing', 'model-damaged', 'model-unsupported' or 'provider-unavailable'.
 */
export async function openClassifier(folder: string, options: ClassifierOptions = {}): Promise<Classifier> {
  const state = await readStateDict(folder)
  const weights = readClassifierWeights(state)
  const classes = state.metadata.classes?.split('|') ?? []
  if (classes.length !== weights.head.outputs) {
    throw new ExplainerError(
      'model-damaged',
      state.model,
      `${state.model}: its metadata name ${classes.length} classes (key 'classes', separated by |), but it has ${weights.head.outputs} outputs`,
    )
  }
  const { provider } = await chooseProvider(options.provider)
  return new OnnxClassifier(basename(folder), state.sha256, classes, weights, provider, options)
}

class OnnxClassifier implements Classifier {
  readonly layers
  readonly inputSize
  readonly #limit: number
  readonly #sessions: SessionCache

  constructor(
    readonly name: string,
    readonly sha256: string,
    readonly classes: readonly string[],
    private readonly weights: ClassifierWeights,
    readonly provider: Provider,
    private readonly options: ClassifierOptions,
  ) {
    const { threads, batch } = options
    this.layers = weights.descriptions
    this.inputSize = weights.size
    this.#limit = batch ?? BATCH[provider]
    this.#sessions = new SessionCache({ provider, ...(threads === undefined ? {} : { threads }) }, SESSIONS)
  }

  batchOf(count: number): number {
    return count === 1 ? 1 : this.#limit
  }

  async logits(pictures: FloatTensor): Promise<FloatTensor> {
    const { logits } = await this.#run(pictures, 'logits', (batch) => logitsGraph(this.weights, batch))
    return logits!
  }

  async inputGradient(pictures: FloatTensor, objective: Objective) {
    return objective.kind === 'filter'
      ? this.#filterGradient(pictures, objective.layer, objective.filter)
      : this.#logitsGradient(pictures, objective)
  }

  async activation(pictures: FloatTensor, layer: number): Promise<FloatTensor> {
    this.#layer(layer)
    const graph = (batch: number) => activationGraph(this.weights, batch, layer)
    const { activation } = await this.#run(pictures, `activation ${layer}`, graph)
    return activation!
  }

  randomized(depth: RandomizedDepth, seed: number): Classifier {
    const weights = randomizeWeights(this.weights, depth, seed)
    const name = `${this.name} with new weights (${depth})`
    return new OnnxClassifier(
      name,
      hashOfWeights(weights),
      this.classes,
      weights,
      this.provider,
      this.options,
    )
  }

  async close(): Promise<void> {
    await this.#sessions.close()
  }

  async #logitsGradient(pictures: FloatTensor, objective: Exclude<Objective, { kind: 'filter' }>) {
    const isCrossEntropy = objective.kind === 'cross-entropy'
    const target = isCrossEntropy ? objective.label : objective.target
    checkIndex(isCrossEntropy ? 'label' : 'target', target, this.classes.length)
    const graph = (batch: number) => logitsGradientGraph(this.weights, batch, this.#maxPool)
    const { gradient, logits } = await this.#run(pictures, 'gradient', graph, (batch) => ({
      target: repeated(oneHot(target, this.classes.length), batch),
      cross_entropy: { type: 'bool', shape: [], data: Uint8Array.of(isCrossEntropy ? 1 : 0) },
    }))
    return { gradient: gradient!, logits: logits! }
  }

  async #filterGradient(pictures: FloatTensor, layer: number, filter: number) {
    const { channels } = this.#layer(layer)
    checkIndex('filter', filter, channels)
    const graph = (batch: number) => filterGradientGraph(this.weights, batch, layer, this.#maxPool)
    const { gradient } = await this.#run(pictures, `filter gradient ${layer}`, graph, () => ({
      filter: { type: 'float32', shape: [channels], data: oneHot(filter, channels) },
    }))
    return { gradient: gradient! }
  }

  get #maxPool() {
    return this.provider === 'cpu' ? 'indices' : 'planes'
  }

  #layer(index: number) {
    checkIndex('layer', index, this.layers.length)
    return this.layers[index]!
  }

  /** Runs all pictures, a fixed batch at a time; the last batch is filled up with black pictures. */
  async #run(
    pictures: FloatTensor,
    purpose: string,
    graph: (batch: number) => Graph,
    inputs: (batch: number) => Readonly<Record<string, Constant>> = () => ({}),
  ): Promise<Readonly<Record<string, FloatTensor>>> {
    const count = this.#checkPictures(pictures)
    const batch = this.batchOf(count)
    const [, ...shape] = pictures.shape
    const size = elementCount(shape)
    const makeGraph = () => graph(batch)
    const shapes = new Map<string, readonly number[]>()
    const collected = new Map<string, Float32Array>()
    const constants = inputs(batch)
    const key = `${purpose}, ${batch}`
    for (let first = 0; first < count; first += batch) {
      const present = Math.min(batch, count - first)
      const part = pictures.data.subarray(first * size, (first + present) * size)
      const data = present === batch ? part : padded(part, batch * size)
      const outputs = await this.#sessions.with(key, makeGraph, (session) =>
        session.run({ pictures: { type: 'float32', shape: [batch, ...shape], data }, ...constants }),
      )
      for (const [
        name,
        {
          data: values,
          shape: [, ...rest],
        },
      ] of Object.entries(outputs)) {
        const each = values.length / batch
        if (first === 0) {
          shapes.set(name, [count, ...rest])
          collected.set(name, new Float32Array(count * each))
        }
        collected.get(name)!.set(values.subarray(0, present * each), first * each)
      }
    }
    return Object.fromEntries(
      [...collected].map(([name, data]) => [name, { data, shape: shapes.get(name)! }]),
    )
  }

  /** @returns how many pictures there are. */
  #checkPictures({ data, shape }: FloatTensor): number {
    const { height, width } = this.inputSize
    const [count = 0, ...rest] = shape
    if (count < 1 || rest.join() !== `3,${height},${width}` || data.length !== elementCount(shape)) {
      throw new ExplainerError(
        'invalid-parameter',
        'pictures',
        `pictures have the shape [${shape}] and ${data.length} values; expected [count,3,${height},${width}]`,
      )
    }
    return count
  }
}

function checkIndex(subject: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return
  throw new ExplainerError(
    'invalid-parameter',
    subject,
    `${subject} ${index} does not exist; allowed are 0 to ${count - 1}`,
  )
}

function oneHot(index: number, length: number): Float32Array {
  const vector = new Float32Array(length)
  vector[index] = 1
  return vector
}

function repeated(row: Float32Array, count: number): Constant {
  const data = new Float32Array(count * row.length)
  for (let i = 0; i < count; i++) data.set(row, i * row.length)
  return { type: 'float32', shape: [count, row.length], data }
}

function padded(values: Float32Array, length: number): Float32Array {
  const data = new Float32Array(length)
  data.set(values)
  return data
}
