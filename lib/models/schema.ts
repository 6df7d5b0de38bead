import { z } from 'zod'
import { modelNameSchema } from '@/lib/models/view'

/** Names of an uploaded model and of its file. */
export const modelUploadSchema = z.strictObject({
  name: modelNameSchema,
  file: z
    .string()
    .min(1)
    .max(200)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    .regex(/^[^/\\\u0000-\u001f]+$/),
})
