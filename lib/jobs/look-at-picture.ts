import { deflateRawSync } from 'node:zlib'
import { ExplainerError } from '@/lib/explainers/errors'
import { lime } from '@/lib/explainers/methods/lime'
import { preparePicture } from '@/lib/explainers/pictures/picture'
import { slic } from '@/lib/explainers/segmentation/slic'
import { probabilityOf } from '@/lib/explainers/softmax'
import type { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { log } from '@/lib/log'
import { isAway, ObjectError } from '@/lib/objects/store'
import { readPictureBytes } from '@/lib/pictures/data'
import { failLook, storeLook } from '@/lib/pictures/mutations'

/** The homework's classifier, as figures have it where they name no other. */
const model = 'food-cnn'

/**
 * What a classifier makes of an uploaded picture, and LIME's superpixels of it, in which its regions can be drawn. An
 * expected failure is stored, and the job is done.
 * @throws what was not expected; the queue tries again
 */
export async function lookAtPicture(pictureId: string, shelf: ClassifierShelf): Promise<void> {
  try {
    const bytes = await readPictureBytes(pictureId)
    if (!bytes) return
    const classifier = await shelf.take(model)
    const { input } = await preparePicture(bytes, pictureId, classifier.inputSize)
    const { data } = await classifier.logits({ data: input.data, shape: [1, ...input.shape] })
    const { labels } = slic(input, lime.parameters('homework', classifier).parse({}))
    await storeLook(
      pictureId,
      {
        model,
        classes: classifier.classes,
        probabilities: classifier.classes.map((_, target) => probabilityOf(data, target)),
        ...classifier.inputSize,
      },
      new Uint8Array(deflateRawSync(new Uint8Array(Uint16Array.from(labels.data).buffer))),
    )
  } catch (error) {
    log.warn({ pictureId, error }, 'a picture could not be looked at')
    await failLook(pictureId)
    if (!(error instanceof ExplainerError || (error instanceof ObjectError && !isAway(error)))) throw error
  }
}
