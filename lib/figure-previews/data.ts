import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'

/** Whether a question's version, of now or of old, shows the figure of the request, or the tests of its maps. */
export async function isShownByQuestion(
  client: Prisma.TransactionClient,
  requestId: string,
): Promise<boolean> {
  const where = { OR: [{ figureRequestId: requestId }, { trustRequestId: requestId }] }
  return (await client.questionVersion.count({ where })) > 0
}

/** For the worker: whether the request is still there. Whoever cancels last takes it away. */
export async function isRequestWanted(requestId: string): Promise<boolean> {
  return (await staffDatabase.figureRequest.count({ where: { id: requestId } })) > 0
}
