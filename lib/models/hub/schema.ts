import { z } from 'zod'
import {
  longestRepository,
  longestRevision,
  repositoryPattern,
  revisionPattern,
} from '@/lib/models/hub/names'
import { modelNameSchema, modelProblemSchema } from '@/lib/models/view'

const repository = z.string().max(longestRepository).regex(repositoryPattern)
const revision = z.string().max(longestRevision).regex(revisionPattern)

/** What somebody asks for: a repository by its name, never an address. */
export const pullRequestSchema = z.strictObject({ name: modelNameSchema, repository, revision })
export type PullRequest = z.output<typeof pullRequestSchema>

/** Kept with a model that comes from the Hub. */
export const pullSchema = z.object({
  /** Of this try: another one is another pull. */
  id: z.uuid(),
  repository,
  revision,
  /** What the revision was when its files were listed; null: not yet. */
  commit: z.string().nullable(),
  /** Why it could not be fetched. */
  problem: modelProblemSchema.nullable(),
})
export type Pull = z.output<typeof pullSchema>
