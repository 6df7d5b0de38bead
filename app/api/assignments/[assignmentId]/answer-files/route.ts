import { importAnswerFile } from '@/lib/answer-files/mutations'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'

export const POST = route(contracts.importAnswerFile, async ({ viewer, params, body }) =>
  importAnswerFile(await authorizeAssignment(viewer, params, 'answer-file.import'), body),
)
