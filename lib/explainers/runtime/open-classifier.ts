import { basename } from 'node:path'
import type { Classifier, GradientSum, Objective, Pictures, RandomizedDepth } from '../classifier'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import { readNetwork } from '../onnx/classifier-folder'
import {
  activationGraph,
  filterGradientGraph,
  logitsGradientGraph,
  logitsGraph,
  summedGradientGraph,
} from '../onnx/classifier-graph'
import { pictureInputs } from '../onnx/copies-graph'
import { type Constant, elementCount, type Graph } from '../onnx/graph'
import { inHalfPrecision } from '../onnx/half-precision'
import type { Network } from '../onnx/network'
import { type BatchedRun, runBatched } from './batched-run'
import { choosePrecision, modelPrecision, type Precision } from './precision'
import { chooseProvider, type Provider } from './provider'
import { SessionCache } from './session-cache'

export interface ClassifierOptions {
  /** Use only this execution provider; default: the best there is, or what VITRINE_PROVIDER says. */
  readonly provider?: Provider
  /** Default: float32, or what VITRINE_PRECISION says. */
  readonly precision?: Precision
  /** Threads of the CPU provider; default: one for each core. */
  readonly threads?: number
  /** Most pictures in a run; default: 4 on a CPU, 50 on an accelerator. */
  readonly batch?: number
}

/**
 * More pictures a run do not make a CPU faster, and cost memory: at the course's widths a gradient keeps about
 * 100 MB for each.
 */
const BATCH: Readonly<Record<Provider, number>> = { cpu: 4, cuda: 50, webgpu: 50 }
const SESSIONS = 8

/**
 * Opens a classifier's folder, see `readNetwork`.
 * @throws ExplainerError 'model-missing', 'model-damaged', 'model-unsupported', 'provider-unavailable', or
 * 'invalid-parameter' for a precision that the provider does not have.
 */
export async function openClassifier(folder: string, options: ClassifierOptions = {}): Promise<Classifier> {
  const { network, sha256, classes } = await readNetwork(folder)
  const { provider } = await chooseProvider(options.provider)
  const chosen = choosePrecision(provider, options.precision)
  const precision = network.allowsHalfPrecision ? chosen : modelPrecision(chosen)
  return new OnnxClassifier(basename(folder), sha256, classes, network, provider, precision, options)
}

type LogitObjective = Exclude<Objective, { kind: 'filter' }>

class OnnxClassifier implements Classifier {
  readonly layers
  readonly inputSize
  readonly precision
  readonly #limit: number
  readonly #sessions: SessionCache

  constructor(
    readonly name: string,
    readonly sha256: string,
    readonly classes: readonly string[],
    private readonly network: Network,
    readonly provider: Provider,
    readonly copyPrecision: Precision,
    private readonly options: ClassifierOptions,
  ) {
    const { threads, batch } = options
    this.layers = network.layers
    this.inputSize = network.size
    this.precision = modelPrecision(copyPrecision)
    this.#limit = network.fixedBatch ?? batch ?? BATCH[provider]
    this.#sessions = new SessionCache({ provider, ...(threads === undefined ? {} : { threads }) }, SESSIONS)
  }

  batchOf(count: number): number {
    return Math.min(count, this.#limit)
  }

  async logits(pictures: Pictures): Promise<FloatTensor> {
    const { source, ...inputs } = this.#prepare(pictures)
    const isHalf = source === 'hidden' && this.copyPrecision === 'float16'
    const { logits } = await this.#run(`logits ${source}`, inputs, {
      graph: (batch) => {
        const graph = logitsGraph(this.network, batch, source)
        return isHalf ? inHalfPrecision(graph) : graph
      },
      joined: ['logits'],
    })
    return logits!
  }

  async inputGradient(pictures: Pictures, objective: Objective) {
    return objective.kind === 'filter'
      ? this.#filterGradient(pictures, objective.layer, objective.filter)
      : this.#logitsGradient(pictures, objective)
  }

  async summedGradient(pictures: Pictures, objective: LogitObjective, sum: GradientSum) {
    const { source, ...inputs } = this.#prepare(pictures)
    const weights = { data: sum.weights, shape: [sum.weights.length, 1, 1, 1] }
    if (sum.weights.length !== inputs.varied[0]!.values.shape[0]) {
      throw new RangeError(`${sum.weights.length} weights for ${inputs.varied[0]!.values.shape[0]} pictures`)
    }
    const varied = [...inputs.varied, { name: 'weights', values: weights }, this.#targets(inputs, objective)]
    const shared = { ...inputs.shared, ...crossEntropyInput(objective), absolute: flag(sum.absolute) }
    const outputs = await this.#run(
      `gradient sum ${source}`,
      { varied, shared },
      {
        graph: (batch) => summedGradientGraph(this.network, batch, this.#maxPool, source),
        joined: sum.each ? ['logits', 'gradient'] : ['logits'],
        added: ['sum'],
      },
    )
    const { sum: total, logits, gradient } = outputs
    return { sum: total!, logits: logits!, ...(gradient && { gradient }) }
  }

  async activation(pictures: FloatTensor, layer: number): Promise<FloatTensor> {
    this.#layer(layer)
    const { activation } = await this.#run(`activation ${layer}`, this.#prepare(pictures), {
      graph: (batch) => activationGraph(this.network, batch, layer),
      joined: ['activation'],
    })
    return activation!
  }

  randomized(depth: RandomizedDepth, seed: number): Classifier {
    const network = this.network.randomized(depth, seed)
    const name = `${this.name} with new weights (${depth})`
    return new OnnxClassifier(
      name,
      network.hash(),
      this.classes,
      network,
      this.provider,
      this.copyPrecision,
      this.options,
    )
  }

  async close(): Promise<void> {
    await this.#sessions.close()
  }

  async #logitsGradient(pictures: Pictures, objective: LogitObjective) {
    const { source, ...inputs } = this.#prepare(pictures)
    const varied = [...inputs.varied, this.#targets(inputs, objective)]
    const shared = { ...inputs.shared, ...crossEntropyInput(objective) }
    const { gradient, logits } = await this.#run(
      `gradient ${source}`,
      { varied, shared },
      {
        graph: (batch) => logitsGradientGraph(this.network, batch, this.#maxPool, source),
        joined: ['gradient', 'logits'],
      },
    )
    return { gradient: gradient!, logits: logits! }
  }

  async #filterGradient(pictures: Pictures, layer: number, filter: number) {
    const { channels } = this.#layer(layer)
    checkIndex('filter', filter, channels)
    if ('kind' in pictures) throw new TypeError('The gradient of a filter is of given pictures')
    const { varied, shared } = this.#prepare(pictures)
    const oneFilter: Constant = { type: 'float32', shape: [channels], data: oneHot(filter, channels) }
    const { gradient } = await this.#run(
      `filter gradient ${layer}`,
      { varied, shared: { ...shared, filter: oneFilter } },
      {
        graph: (batch) => filterGradientGraph(this.network, batch, layer, this.#maxPool),
        joined: ['gradient'],
      },
    )
    return { gradient: gradient! }
  }

  get #maxPool() {
    return this.provider === 'cpu' ? 'indices' : 'planes'
  }

  #layer(index: number) {
    checkIndex('layer', index, this.layers.length)
    return this.layers[index]!
  }

  #targets({ varied }: Pick<BatchedRun, 'varied'>, objective: LogitObjective) {
    const isCrossEntropy = objective.kind === 'cross-entropy'
    const target = isCrossEntropy ? objective.label : objective.target
    checkIndex(isCrossEntropy ? 'label' : 'target', target, this.classes.length)
    const count = varied[0]!.values.shape[0]!
    return { name: 'target', values: repeated(oneHot(target, this.classes.length), count) }
  }

  /** Runs the graph of this purpose on all pictures, a fixed batch at a time. */
  #run(
    purpose: string,
    { varied, shared }: Pick<BatchedRun, 'varied' | 'shared'>,
    { graph, ...outputs }: { graph(batch: number): Graph } & Pick<BatchedRun, 'joined' | 'added'>,
  ) {
    const batch = this.batchOf(varied[0]!.values.shape[0]!)
    return runBatched(
      (inputs, wanted) =>
        this.#sessions.with(
          `${purpose}, ${batch}`,
          () => graph(batch),
          (session) => session.run(inputs, wanted),
        ),
      { batch, varied, shared, ...outputs },
    )
  }

  #prepare(pictures: Pictures) {
    if ('kind' in pictures) this.#checkShape(asBatch(pictures.picture))
    else this.#checkShape(pictures)
    const { source, varied, shared } = pictureInputs(pictures)
    if (!((varied.values.shape[0] ?? 0) >= 1)) throw new RangeError('There are no copies')
    return { source, varied: [varied], shared }
  }

  #checkShape({ data, shape }: FloatTensor): void {
    const { height, width } = this.inputSize
    const [count = 0, ...rest] = shape
    if (count < 1 || rest.join() !== `3,${height},${width}` || data.length !== elementCount(shape)) {
      throw new ExplainerError(
        'invalid-parameter',
        'pictures',
        `pictures have the shape [${shape}] and ${data.length} values; expected [count,3,${height},${width}]`,
      )
    }
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

function asBatch({ data, shape }: FloatTensor): FloatTensor {
  return { data, shape: [1, ...shape] }
}

function crossEntropyInput({ kind }: LogitObjective) {
  return { cross_entropy: flag(kind === 'cross-entropy') }
}

function flag(value: boolean): Constant {
  return { type: 'bool', shape: [], data: Uint8Array.of(value ? 1 : 0) }
}

function oneHot(index: number, length: number): Float32Array {
  const vector = new Float32Array(length)
  vector[index] = 1
  return vector
}

function repeated(row: Float32Array, count: number): FloatTensor {
  const data = new Float32Array(count * row.length)
  for (let i = 0; i < count; i++) data.set(row, i * row.length)
  return { data, shape: [count, row.length] }
}
