import { type ZodType, z } from 'zod'
import type { PictureName } from './picture-name'

/** A picture that people uploaded is named by its id, which never looks like a number. */
export const uploadedPictureNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]{7,63}$/, 'must be the number or the id of a picture')

/** Apart from the type and its reading, which pages need that must not load the schemas. */
export const pictureNameSchema = z.union([
  z.int().min(0),
  uploadedPictureNameSchema,
]) satisfies ZodType<PictureName>
