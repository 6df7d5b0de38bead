import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import {
  applyRegradeSchema,
  draftedSchema,
  regradeDraftSchema,
  regradeEditSchema,
  regradeSettingsSchema,
  regradeViewSchema,
} from '@/lib/regrading/schema'

const regrade = z.strictObject({ regradeId: idSchema })

/** Regrades, as change sets. */
export const regradeContracts = {
  draftRegrade: {
    method: 'POST',
    path: '/api/assignments/{assignmentId}/regrades',
    summary:
      'For staff: draft a change of keys, rules or points, with a policy for scores that were given. Nothing changes yet',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: regradeDraftSchema,
    reply: { schema: draftedSchema },
    problems: [],
  },
  setRegradeSettings: {
    method: 'PUT',
    path: '/api/assignments/{assignmentId}/regrades/settings',
    summary: 'For instructors: whether, in this course, somebody else has to apply what one person wrote',
    access: 'signed-in',
    params: z.strictObject({ assignmentId: idSchema }),
    body: regradeSettingsSchema,
    reply: { schema: z.object({ set: z.literal(true) }) },
    problems: [],
  },
  readRegrade: {
    method: 'GET',
    path: '/api/regrades/{regradeId}',
    summary:
      'For staff: a regrade with everything that it does, or did: every score that moves, the class’s numbers, the verdict ' +
      'of the models on the new keys. `fingerprint` names the effect for applying it',
    access: 'signed-in',
    params: regrade,
    reply: { schema: regradeViewSchema },
    problems: [],
  },
  editRegrade: {
    method: 'PUT',
    path: '/api/regrades/{regradeId}/draft',
    summary: 'For staff: write a draft anew, on the keys as they are now',
    access: 'signed-in',
    params: regrade,
    body: regradeEditSchema,
    reply: { schema: draftedSchema },
    problems: ['regrade-closed', 'regrade-superseded'],
  },
  discardRegrade: {
    method: 'POST',
    path: '/api/regrades/{regradeId}/discard',
    summary: 'For staff: put a draft away. It stays in the list',
    access: 'signed-in',
    params: regrade,
    reply: { schema: z.object({ discarded: z.literal(true) }) },
    problems: ['regrade-closed'],
  },
  applyRegrade: {
    method: 'POST',
    path: '/api/regrades/{regradeId}/apply',
    summary:
      'For instructors: do what the draft says, all of it or nothing, if it still does what `fingerprint` names. Submissions ' +
      'under way are waited for; later ones are scored by the new keys',
    access: 'signed-in',
    params: regrade,
    body: applyRegradeSchema,
    reply: { schema: z.object({ moved: z.int() }) },
    problems: ['regrade-closed', 'regrade-outdated', 'second-person-required', 'key-contradicted'],
  },
  undoRegrade: {
    method: 'POST',
    path: '/api/regrades/{regradeId}/undo',
    summary: 'For staff: draft what takes an applied regrade back. It is applied as any other',
    access: 'signed-in',
    params: regrade,
    reply: { schema: draftedSchema },
    problems: ['regrade-closed', 'regrade-superseded'],
  },
  exportRegrade: {
    method: 'GET',
    path: '/api/regrades/{regradeId}/scores',
    summary: 'For staff: every score that a regrade moves, or moved, as a table for spreadsheets',
    access: 'signed-in',
    params: regrade,
    reply: { media: 'text/csv' },
    problems: [],
  },
} as const satisfies { readonly [name: string]: Contract }
