import { addPictures, type PictureSource } from './copies-graph'
import type { MaxPoolStrategy } from './gradient-rules/rule'
import type { Graph } from './graph'
import { GraphBuilder } from './graph-builder'
import { withInputGradient } from './input-gradient'
import type { Network } from './network'

/**
 * The graphs of a classifier for one batch size. A session runs its whole graph whichever outputs are
 * asked for, hence one graph for each purpose. Every graph takes `pictures` [batch,3,H,W], or the
 * inputs from which it makes them as copies of one. None is a scalar: Triton's configurations have no word for one.
 */

/** @returns a graph with the output `logits` [batch, classes]. */
export function logitsGraph(network: Network, batch: number, source: PictureSource = 'given'): Graph {
  const { builder, pictures } = beginGraph(network, batch, source)
  network.addLogits(builder, pictures, batch)
  builder.output('logits', 'float32', [batch, network.outputs])
  return builder.build()
}

/**
 * @returns a graph with the further inputs `target` [batch, classes] (one-hot) and `cross_entropy` (bool [1]) and
 * the outputs `logits` and `gradient` [batch,3,H,W]: of the target's logit, or of its cross-entropy.
 */
export function logitsGradientGraph(
  network: Network,
  batch: number,
  maxPool: MaxPoolStrategy,
  source: PictureSource = 'given',
): Graph {
  return withInputGradient(logitsGraph(network, batch, source), {
    input: { name: 'pictures', shape: [batch, 3, network.size.height, network.size.width] },
    output: 'logits',
    maxPool,
    cotangent(builder, shape) {
      const target = builder.input('target', 'float32', shape)
      const isCrossEntropy = builder.input('cross_entropy', 'bool', [1])
      return builder.node('Where', [isCrossEntropy, crossEntropyCotangent(builder, target), target])
    },
  })
}

/**
 * @returns the graph of `logitsGradientGraph` with the further inputs `weights` [batch] and `absolute` (bool [1])
 * and the output `sum` [3,H,W]: of the gradients, or of their absolute values, times their weights.
 */
export function summedGradientGraph(
  network: Network,
  batch: number,
  maxPool: MaxPoolStrategy,
  source: PictureSource,
): Graph {
  const { height, width } = network.size
  const builder = GraphBuilder.from(logitsGradientGraph(network, batch, maxPool, source))
  const perPicture = builder.input('weights', 'float32', [batch, 1, 1, 1])
  const isAbsolute = builder.input('absolute', 'bool', [1])
  const values = builder.node('Where', [isAbsolute, builder.node('Abs', ['gradient']), 'gradient'])
  // Not a matrix product: a device that may use TF32 for those would round the gradients.
  const weighted = builder.node('Mul', [values, perPicture])
  builder.node('ReduceSum', [weighted, builder.int64([0])], { attributes: { keepdims: 0 }, output: 'sum' })
  builder.output('sum', 'float32', [3, height, width])
  return builder.build()
}

/**
 * softmax(logits) − one-hot, where the label's place is −Σ of the other probabilities instead of p − 1: that
 * difference is 0 or 6e-8 in float32 for a classifier that is sure, while the sum keeps values such as 1e-17.
 */
function crossEntropyCotangent(builder: GraphBuilder, target: string): string {
  const probabilities = builder.node('Softmax', ['logits'], { attributes: { axis: 1 } })
  const notTarget = builder.node('Sub', [builder.scalar(1), target])
  const others = builder.node('Mul', [probabilities, notTarget])
  const total = builder.node('ReduceSum', [others, builder.int64([1])], { attributes: { keepdims: 1 } })
  return builder.node('Sub', [others, builder.node('Mul', [target, total])])
}

/** @returns a graph that ends with the layer `cnnid`, with the output `activation` [batch, channels, h, w]. */
export function activationGraph(network: Network, batch: number, cnnid: number): Graph {
  const { builder, pictures } = beginGraph(network, batch, 'given')
  const { value, shape } = network.addLayer(builder, pictures, batch, cnnid)
  builder.output(builder.node('Identity', [value], { output: 'activation' }), 'float32', shape)
  return builder.build()
}

/**
 * @returns the graph of `activationGraph` with the further input `filter` [channels] (one-hot, so that one session
 * serves every filter of the layer) and the output `gradient` [batch,3,H,W] of −Σ of the filter's activation.
 */
export function filterGradientGraph(
  network: Network,
  batch: number,
  cnnid: number,
  maxPool: MaxPoolStrategy,
): Graph {
  return withInputGradient(activationGraph(network, batch, cnnid), {
    input: 'pictures',
    output: 'activation',
    maxPool,
    cotangent(builder, shape) {
      const channels = shape[1]!
      const filter = builder.input('filter', 'float32', [channels])
      const perChannel = builder.node('Reshape', [filter, builder.int64([1, channels, 1, 1])])
      return builder.node('Expand', [builder.node('Neg', [perChannel]), builder.int64(shape)])
    },
  })
}

function beginGraph(network: Network, batch: number, source: PictureSource) {
  const { height, width } = network.size
  const builder = new GraphBuilder('classifier', network.opset)
  return { builder, pictures: addPictures(builder, source, [batch, 3, height, width]) }
}
