import { basename } from 'node:path'
import type { Classifier, GradientSum, Objective, Pictures } from '../classifier'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import { readNetwork } from '../onnx/classifier-folder'
import { pictureInputs } from '../onnx/copies-graph'
import { type Constant, elementCount } from '../onnx/graph'
import { inHalfPrecision } from '../onnx/half-precision'
import type { Network } from '../onnx/network'
import { type BatchedRun, runBatched } from './batched-run'
import {
  describePurpose,
  type GraphPurpose,
  graphFor,
  SERVED_MAX_POOL,
  servedBatch,
} from './classifier-graphs'
import { choosePrecision, hasHalfPrecision, modelPrecision, type Precision } from './precision'
import { chooseProvider, type Provider } from './provider'
import { SessionCache } from './session-cache'

export interface ClassifierOptions {
  /** Use only this execution provider; default: the best there is, or what VITRINE_PROVIDER says. */
  readonly provider?: Provider
  /** Default: float32, or what VITRINE_PRECISION says. */
  readonly precision?: Precision
  /** Threads of the CPU provider; default: one for each core. */
  readonly threads?: number
  /** Most pictures in a run; default: 4 on a CPU, 50 on an accelerator or a server. */
  readonly batch?: number
}

/**
 * More pictures a run do not make a CPU faster, and cost memory: at the course's widths a gradient keeps about
 * 100 MB for each.
 */
const BATCH: Readonly<Record<Provider, number>> = { cpu: 4, cuda: 50, webgpu: 50, kserve: 50 }
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
  readonly weighted
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
    private readonly chosen: Precision,
    private readonly options: ClassifierOptions,
  ) {
    const { threads, batch } = options
    this.layers = network.layers
    this.weighted = network.weighted
    this.inputSize = network.size
    this.precision = modelPrecision(chosen)
    this.#limit = network.fixedBatch ?? batch ?? BATCH[provider]
    const session = { provider, ...(threads === undefined ? {} : { threads }) }
    this.#sessions = new SessionCache(session, SESSIONS, name)
  }

  batchOf(count: number): number {
    return this.provider === 'kserve' ? servedBatch(count, this.#limit) : Math.min(count, this.#limit)
  }

  copyPrecision(asked?: 'float16'): Precision {
    const { chosen, network, provider } = this
    return asked && network.allowsHalfPrecision && hasHalfPrecision(provider) ? asked : chosen
  }

  async logits(pictures: Pictures, asked?: 'float16'): Promise<FloatTensor> {
    const { source, ...inputs } = this.#prepare(pictures)
    const isHalf = source === 'hidden' && this.copyPrecision(asked) === 'float16'
    const { logits } = await this.#run({ kind: 'logits', source }, inputs, { joined: ['logits'], isHalf })
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
    const joined = sum.each ? ['logits', 'gradient'] : ['logits']
    const purpose = { kind: 'gradient sum', source } as const
    const outputs = await this.#run(purpose, { varied, shared }, { joined, added: ['sum'] })
    const { sum: total, logits, gradient } = outputs
    return { sum: total!, logits: logits!, ...(gradient && { gradient }) }
  }

  async activation(pictures: FloatTensor, layer: number): Promise<FloatTensor> {
    this.#layer(layer)
    const purpose = { kind: 'activation', layer } as const
    const { activation } = await this.#run(purpose, this.#prepare(pictures), { joined: ['activation'] })
    return activation!
  }

  randomized(layers: readonly number[], seed: number, what: string): Classifier {
    const network = this.network.randomized(layers, seed)
    const name = `${this.name} with new weights (${what})`
    // A server has the weights that were exported for it, and no others.
    const provider = this.provider === 'kserve' ? 'cpu' : this.provider
    const { chosen, options } = this
    return new OnnxClassifier(name, network.hash(), this.classes, network, provider, chosen, options)
  }

  onProcessor(): Classifier {
    const { name, sha256, classes, network, options } = this
    return new OnnxClassifier(name, sha256, classes, network, 'cpu', 'float32', options)
  }

  async close(): Promise<void> {
    await this.#sessions.close()
  }

  async #logitsGradient(pictures: Pictures, objective: LogitObjective) {
    const { source, ...inputs } = this.#prepare(pictures)
    const varied = [...inputs.varied, this.#targets(inputs, objective)]
    const shared = { ...inputs.shared, ...crossEntropyInput(objective) }
    const purpose = { kind: 'gradient', source } as const
    const { gradient, logits } = await this.#run(
      purpose,
      { varied, shared },
      { joined: ['gradient', 'logits'] },
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
      { kind: 'filter gradient', layer },
      { varied, shared: { ...shared, filter: oneFilter } },
      { joined: ['gradient'] },
    )
    return { gradient: gradient! }
  }

  get #maxPool() {
    return this.provider === 'cpu' ? 'indices' : SERVED_MAX_POOL
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
    purpose: GraphPurpose,
    { varied, shared }: Pick<BatchedRun, 'varied' | 'shared'>,
    { isHalf = false, ...outputs }: Pick<BatchedRun, 'joined' | 'added'> & { readonly isHalf?: boolean },
  ) {
    const count = varied[0]!.values.shape[0]!
    // A server has the graphs of layers for one picture alone.
    const batch = this.provider === 'kserve' && 'layer' in purpose ? 1 : this.batchOf(count)
    return runBatched(
      (inputs, wanted) =>
        this.#sessions.with(
          `${describePurpose(purpose, batch)}${isHalf ? ', in float16' : ''}`,
          () => {
            const graph = graphFor(this.network, purpose, batch, this.#maxPool)
            return isHalf ? inHalfPrecision(graph) : graph
          },
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
  return { type: 'bool', shape: [1], data: Uint8Array.of(value ? 1 : 0) }
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
