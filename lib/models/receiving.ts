import path from 'node:path'
import type { z } from 'zod'
import { Problem } from '@/lib/api/problem'
import type { CourseAccess } from '@/lib/auth/gate'
import { guessUploadKind, readStart } from '@/lib/models/file-kind'
import { modelLimits } from '@/lib/models/limits'
import { addUploadedModel, refuseNewModel } from '@/lib/models/mutations'
import type { modelUploadSchema } from '@/lib/models/schema'
import { putFile, removeObjects, withSpooled } from '@/lib/objects/service'
import { ObjectError } from '@/lib/objects/store'

/**
 * Takes an upload in as it comes, never whole in memory, and stores it when all of it is there. Only its first bytes are
 * looked at here; the worker reads it.
 * @throws Problem `model-too-large`, `model-unreadable`, `name-taken`, `model-limit`: nothing is kept then
 */
export async function receiveModel(
  access: CourseAccess<'model.manage'>,
  { name, file: fileName }: z.output<typeof modelUploadSchema>,
  { body, headers }: Pick<Request, 'body' | 'headers'>,
): Promise<void> {
  const limit = modelLimits.upload
  const tooLarge = () => new Problem('model-too-large', name, { facts: { limit } })
  const bundled = path.resolve('models')
  // Before anybody waits for half a gigabyte in vain.
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLarge()
  await refuseNewModel(access, name, bundled)
  if (!body) throw new Problem('model-unreadable', name)
  try {
    await withSpooled(chunksOf(body), { limit }, async (spooled) => {
      if (guessUploadKind(await readStart(spooled.path)) === null) throw new Problem('model-unreadable', name)
      const object = await putFile(spooled)
      await addUploadedModel(access, { name, fileName, object, bundled }).catch(async (error: unknown) => {
        await removeObjects([object.sha256])
        throw error
      })
    })
  } catch (error) {
    if (error instanceof ObjectError && error.code === 'object-too-large') throw tooLarge()
    throw error
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    // What is still to come is not wanted when the reader stops early.
    await reader.cancel().catch(() => undefined)
  }
}
