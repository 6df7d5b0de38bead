import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  addedPictureSchema,
  pictureEditSchema,
  pictureSetSchema,
  pictureViewSchema,
} from '@/lib/pictures/schema'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const picture = z.strictObject({ pictureId: idSchema })

/** Pictures of a course. */
export const pictureContracts = {
  uploadPicture: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/pictures',
    summary:
      'For instructors: add a picture. The body is the file itself: JPEG, PNG or WebP, at most 12 MB and 24 million ' +
      'pixels. It is kept as a PNG of at most 1024 pixels a side, upright, in sRGB, without metadata',
    access: 'signed-in',
    params: course,
    query: z.strictObject({ title: z.string().trim().min(1).max(120) }),
    reply: { schema: addedPictureSchema },
    problems: ['picture-refused'],
  },
  importPictures: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/picture-sets',
    summary:
      'For instructors: add a zip of pictures named `class_number.jpg`, all of it or nothing. The body is the zip itself. ' +
      'Without `apply` it only says what would be done',
    access: 'signed-in',
    params: course,
    query: z.strictObject({ apply: z.stringbool().default(false) }),
    reply: { schema: pictureSetSchema },
    problems: ['pictures-refused'],
  },
  copyPicture: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/picture-copies',
    summary: 'For instructors: copy a bundled picture, with its class and regions, into the course',
    access: 'signed-in',
    params: course,
    body: z.strictObject({ number: z.int().min(0).max(1000) }),
    reply: { schema: addedPictureSchema },
    problems: [],
  },
  readPicture: {
    method: 'GET',
    path: '/api/pictures/{pictureId}',
    summary: 'For staff: a picture, what a classifier makes of it, and its regions',
    access: 'signed-in',
    params: picture,
    reply: { schema: pictureViewSchema },
    problems: [],
  },
  savePicture: {
    method: 'PUT',
    path: '/api/pictures/{pictureId}',
    summary:
      'For instructors: say something else of a picture: title, class, regions. Figures that show it are made anew',
    access: 'signed-in',
    params: picture,
    body: pictureEditSchema,
    reply: { schema: z.object({ revision: z.int() }) },
    problems: ['picture-outdated'],
  },
  lookAtPicture: {
    method: 'POST',
    path: '/api/pictures/{pictureId}/looks',
    summary: 'For instructors: have a classifier look at the picture again, after it had failed',
    access: 'signed-in',
    params: picture,
    reply: { schema: z.object({ asked: z.literal(true) }) },
    problems: [],
  },
  archivePicture: {
    method: 'PUT',
    path: '/api/pictures/{pictureId}/archived',
    summary: 'For instructors: offer a picture no longer, or again. What shows it goes on showing it',
    access: 'signed-in',
    params: picture,
    body: z.strictObject({ archived: z.boolean() }),
    reply: { schema: z.object({ archived: z.boolean() }) },
    problems: [],
  },
  readPictureImage: {
    method: 'GET',
    path: '/api/pictures/{pictureId}/image',
    summary: 'The picture itself, for members of its course',
    access: 'signed-in',
    params: picture,
    reply: { media: 'image/png' },
    problems: [],
  },
  removePicture: {
    method: 'DELETE',
    path: '/api/pictures/{pictureId}',
    summary: 'For instructors: remove a picture that no question uses',
    access: 'signed-in',
    params: picture,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: ['picture-in-use'],
  },
} as const satisfies { readonly [name: string]: Contract }
