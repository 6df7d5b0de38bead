import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { type Pull, pullSchema } from '@/lib/models/hub/schema'

/** What a worker has to do for a model of the Hub. */
export interface WaitingPull {
  readonly pull: Pull
  /** Its files are stored, and wait to be read. */
  readonly isFetched: boolean
}

/** @returns null when there is nothing (left) to do. */
export async function findPull(name: string): Promise<WaitingPull | null> {
  const model = await staffDatabase.uploadedModel.findUnique({
    where: { name, status: 'CHECKING' },
    select: { pull: true, _count: { select: { files: true } } },
  })
  if (!model?.pull) return null
  return { pull: pullSchema.parse(model.pull), isFetched: model._count.files > 0 }
}

/** This very pull, while it is wanted: somebody may have cancelled it, and begun another of the name. */
export const wantedPull = (name: string, { id }: Pick<Pull, 'id'>) =>
  ({ name, status: 'CHECKING', pull: { path: ['id'], equals: id } }) satisfies Prisma.UploadedModelWhereInput

export async function isPullWanted(name: string, pull: Pick<Pull, 'id'>): Promise<boolean> {
  return (await staffDatabase.uploadedModel.count({ where: wantedPull(name, pull) })) > 0
}

/** @returns models whose files are still to be fetched, with the ids of their pulls. */
export async function readWaitingPulls(): Promise<
  readonly { readonly name: string; readonly courseId: string; readonly id: string }[]
> {
  const models = await staffDatabase.uploadedModel.findMany({
    where: { status: 'CHECKING', files: { none: {} } },
    select: { name: true, courseId: true, pull: true },
  })
  return models.flatMap(({ pull, ...model }) => (pull ? [{ ...model, id: pullSchema.parse(pull).id }] : []))
}
