import type { FloatTensor, Tensor } from '../evidence'
import { differences, type PictureCopies } from '../picture-copies'
import type { Constant } from './graph'
import type { GraphBuilder } from './graph-builder'

/** Where a graph takes its pictures from: they are given, or it makes them as copies of one. */
export type PictureSource = 'given' | PictureCopies['kind']

/** ONNX's number for the element type float32. */
const ONNX_FLOAT = 1

/** The graph input in which copies differ. */
const VARIED = 'varied'

/**
 * Adds what makes a batch of pictures.
 *
 * @returns 'pictures' [batch,3,H,W]. Given, it is a graph input; else the inputs are those of `copyInputs`.
 */
export function addPictures(
  builder: GraphBuilder,
  source: PictureSource,
  [batch, ...shape]: readonly [number, number, number, number],
): string {
  const output = 'pictures'
  const [channels, height, width] = shape
  if (source === 'given') return builder.input(output, 'float32', [batch, ...shape])
  const picture = builder.input('picture', 'float32', [1, ...shape])
  switch (source) {
    case 'hidden': {
      const filled = builder.input('filled', 'float32', [1, ...shape])
      const labels = builder.input('labels', 'int32', [height * width])
      const shown = builder.input(VARIED, 'float32', [batch, 'superpixel count'])
      const one = builder.constant({ type: 'int32', shape: [], data: Int32Array.of(1) })
      const places = builder.node('Sub', [labels, one])
      const perPixel = builder.node('Gather', [shown, places], { attributes: { axis: 1 } })
      const mask = builder.node('Reshape', [perPixel, builder.int64([batch, 1, height, width])])
      const isShown = builder.node('Greater', [mask, builder.scalar(0)])
      return builder.node('Where', [isShown, picture, filled], { output })
    }
    case 'noisy': {
      const half = (channels * height * width) / 2
      const bits = builder.input(VARIED, 'int32', [batch, 2, half])
      const noise = builder.node('Reshape', [addNormal(builder, bits), builder.int64([batch, ...shape])])
      const deviation = builder.input('deviation', 'float32', [1])
      return builder.node('Add', [picture, builder.node('Mul', [noise, deviation])], { output })
    }
    case 'scaled': {
      const factors = builder.input(VARIED, 'float32', [batch, 1, 1, 1])
      return builder.node('Mul', [picture, factors], { output })
    }
  }
}

/** Adds Box and Muller's transformation, as in picture-copies.ts: int32 [batch,2,half] → normal numbers of that shape. */
function addNormal(builder: GraphBuilder, bits: string): string {
  const { node, scalar } = {
    node: builder.node.bind(builder),
    scalar: builder.scalar.bind(builder),
  }
  const numbers = node('Cast', [bits], { attributes: { to: ONNX_FLOAT } })
  const part = (index: number) =>
    node('Gather', [numbers, builder.int64([index])], { attributes: { axis: 1 } })
  const magnitude = node('Add', [node('Abs', [part(0)]), scalar(0.5)])
  const logarithm = node('Log', [node('Mul', [magnitude, scalar(2 ** -31)])])
  const radius = node('Sqrt', [node('Mul', [logarithm, scalar(-2)])])
  const angle = node('Mul', [part(1), scalar(Math.PI * 2 ** -31)])
  const halves = ['Cos', 'Sin'].map((operator) => node('Mul', [radius, node(operator, [angle])]))
  return node('Concat', halves, { attributes: { axis: 1 } })
}

/** What a graph of this source is fed. */
export interface PictureInputs {
  readonly source: PictureSource
  /** The input whose first axis counts the pictures. */
  readonly varied: { readonly name: string; readonly values: Tensor }
  /** The inputs that all copies share. */
  readonly shared: Readonly<Record<string, Constant>>
}

export function pictureInputs(pictures: FloatTensor | PictureCopies): PictureInputs {
  if (!('kind' in pictures)) {
    return { source: 'given', varied: { name: 'pictures', values: pictures }, shared: {} }
  }
  const values = differences(pictures)
  const picture = alone(pictures.picture)
  const inputs = (values: Tensor, shared: PictureInputs['shared'] = {}): PictureInputs => ({
    source: pictures.kind,
    varied: { name: VARIED, values },
    shared: { picture, ...shared },
  })
  switch (pictures.kind) {
    case 'hidden': {
      const { data } = pictures.labels
      const labels: Constant = { type: 'int32', shape: [data.length], data: data as Int32Array }
      return inputs(values, { filled: alone(pictures.filled), labels })
    }
    case 'noisy': {
      const deviation = Float32Array.of(pictures.deviation)
      return inputs(values, { deviation: { type: 'float32', shape: [1], data: deviation } })
    }
    case 'scaled':
      return inputs({ data: values.data, shape: [values.shape[0]!, 1, 1, 1] })
  }
}

function alone({ data, shape }: FloatTensor): Constant {
  return { type: 'float32', shape: [1, ...shape], data }
}
