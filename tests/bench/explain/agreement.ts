import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Classifier } from '@/lib/explainers/classifier'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { integratedGradients } from '@/lib/explainers/methods/integrated-gradients'
import { encodeNpy } from '@/lib/explainers/npy'
import { type PictureCopies, pictureCopies } from '@/lib/explainers/picture-copies'
import { RandomBits } from '@/lib/explainers/random'
import { runPython } from './python'

export type Agreement = Readonly<
  Record<'logits' | 'gradients' | 'integrated', { readonly distance: number; readonly pearson: number }>
>

const COPIES = 12

/**
 * Compares logits and gradients of noisy copies, and integrated gradients, with PyTorch in float64.
 * @param weights the classifier's model.safetensors.
 * @returns the distances, or why PyTorch could not be asked.
 */
export async function compareWithFloat64(
  classifier: Classifier,
  picture: FloatTensor,
  weights: string,
): Promise<Agreement | string> {
  const size = picture.data.length
  const bits = new RandomBits(1, 'agreement').fill(new Int32Array(COPIES * size))
  const copies: PictureCopies = {
    kind: 'noisy',
    picture,
    bits: { data: bits, shape: [COPIES, 2, size / 2] },
    deviation: 0.1,
  }
  const { gradient, logits } = await classifier.inputGradient(copies, { kind: 'logit', target: 0 })
  const integrated = await integratedGradients.explain({
    classifier,
    picture,
    target: 0,
    variant: 'homework',
    parameters: { steps: 10 },
    seed: 0,
  })
  const arrays = {
    picture,
    pictures: pictureCopies(copies),
    logits: logits!,
    gradients: gradient,
    integrated: integrated.arrays.attribution!,
  }
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-agreement-'))
  try {
    for (const [name, array] of Object.entries(arrays)) {
      await writeFile(join(folder, `${name}.npy`), encodeNpy(array))
    }
    const { result, obstacle } = runPython('float64.py', weights, folder)
    return obstacle ?? (result as Agreement)
  } finally {
    await rm(folder, { recursive: true })
  }
}
