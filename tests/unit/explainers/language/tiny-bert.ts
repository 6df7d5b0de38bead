import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface TinyOptions {
  /** Names as in checkpoints of the bare encoder, without `bert.` */
  readonly bare?: boolean
  /** `gamma` and `beta`, as in checkpoints converted from TensorFlow. */
  readonly legacy?: boolean
  readonly activation?: string
  readonly heads?: readonly ('mlm' | 'qa')[]
  readonly ownDecoder?: boolean
  /** Changes tensors before they are written; undefined removes one. */
  readonly edit?: (name: string, shape: number[]) => number[] | undefined
  readonly config?: Record<string, unknown>
}

const WORDS = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[MASK]',
  'the',
  'cat',
  'sat',
  '##s',
  '.',
  '貓',
  'ca',
  '##fe',
]
export const TINY = { width: 8, layers: 2, heads: 2, inner: 16, positions: 16, vocabulary: WORDS.length }

/** Writes a BERT of a few hundred numbers in float32, from a fixed sequence, with a vocab.txt. */
export async function writeTinyBert(folder: string, options: TinyOptions = {}): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { width, layers, heads, inner, positions, vocabulary } = TINY
  const config = {
    model_type: 'bert',
    hidden_size: width,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: inner,
    max_position_embeddings: positions,
    vocab_size: vocabulary,
    type_vocab_size: 2,
    hidden_act: options.activation ?? 'gelu',
    layer_norm_eps: 1e-12,
    ...options.config,
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(config))
  await writeFile(join(folder, 'vocab.txt'), `${WORDS.join('\n')}\n`)
  await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify({ do_lower_case: true }))
  await writeFile(join(folder, 'model.safetensors'), encodeSafetensors(tensors(options)))
}

function tensors({ bare, legacy, heads = ['mlm'], ownDecoder, edit }: TinyOptions) {
  const { width, layers, inner, positions, vocabulary } = TINY
  const found = new Map<string, number[]>()
  const prefix = bare ? '' : 'bert.'
  const norm = (path: string) => {
    found.set(`${path}.${legacy ? 'gamma' : 'weight'}`, [width])
    found.set(`${path}.${legacy ? 'beta' : 'bias'}`, [width])
  }
  const dense = (path: string, outputs: number, inputs: number) => {
    found.set(`${path}.weight`, [outputs, inputs])
    found.set(`${path}.bias`, [outputs])
  }
  found.set(`${prefix}embeddings.word_embeddings.weight`, [vocabulary, width])
  found.set(`${prefix}embeddings.position_embeddings.weight`, [positions, width])
  found.set(`${prefix}embeddings.token_type_embeddings.weight`, [2, width])
  norm(`${prefix}embeddings.LayerNorm`)
  for (let layer = 0; layer < layers; layer++) {
    const path = `${prefix}encoder.layer.${layer}`
    for (const part of ['query', 'key', 'value']) dense(`${path}.attention.self.${part}`, width, width)
    dense(`${path}.attention.output.dense`, width, width)
    norm(`${path}.attention.output.LayerNorm`)
    dense(`${path}.intermediate.dense`, inner, width)
    dense(`${path}.output.dense`, width, inner)
    norm(`${path}.output.LayerNorm`)
  }
  if (heads.includes('mlm')) {
    dense('cls.predictions.transform.dense', width, width)
    norm('cls.predictions.transform.LayerNorm')
    found.set('cls.predictions.bias', [vocabulary])
    if (ownDecoder) found.set('cls.predictions.decoder.weight', [vocabulary, width])
  }
  if (heads.includes('qa')) dense('qa_outputs', 2, width)
  for (const [name, shape] of [...found]) {
    const edited = edit ? edit(name, shape) : shape
    if (edited) found.set(name, edited)
    else found.delete(name)
  }
  return found
}

/** Deterministic values by place and the tensor's last name part, small enough for every activation. */
function encodeSafetensors(shapes: ReadonlyMap<string, number[]>): Uint8Array {
  const header: Record<string, unknown> = {}
  const parts: Float32Array[] = []
  let offset = 0
  let state = 12345
  for (const [name, shape] of shapes) {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1))
    for (let i = 0; i < values.length; i++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
      values[i] = (state / 0x7fffffff - 0.5) * 0.8
    }
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
    parts.push(values)
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, ...parts.map((values) => Buffer.from(values.buffer))])
}
