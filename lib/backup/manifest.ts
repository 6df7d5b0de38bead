import { z } from 'zod'

/** What a backup says of itself: a tar of this manifest and one compressed COPY file a table. */

export const backupFormat = 'vitrine-backup/1'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const manifestSchema = z.strictObject({
  format: z.literal(backupFormat),
  createdAt: z.iso.datetime(),
  /** Applied to the database, oldest first, each with the hash of its file. */
  migrations: z.array(z.strictObject({ name: z.string().regex(/^\w+$/), sha256 })).min(1),
  /** In an order in which they can be loaded: what is referred to comes first. */
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()).min(1),
      file: z.string().regex(/^[\w-]+\.copy\.gz$/),
      rows: z.int().min(0),
      sha256,
    }),
  ),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string().regex(/^\d+$/) })),
  /** What is kept outside of the database and so of the backup; absent in those of older versions. */
  buckets: z
    .array(z.strictObject({ bucket: z.string(), objects: z.int().min(1), bytes: z.int().min(0) }))
    .optional(),
  /** Whether the secret that signs receipts is in the backup. */
  receiptKey: z.boolean(),
  /** Likewise, the one that opens students' answer files; absent in those of older versions. */
  answerFileKey: z.boolean().optional(),
})

export type Manifest = z.infer<typeof manifestSchema>

export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/**
 * Orders names so that each comes after those it refers to.
 * @param references pairs of who refers and to whom
 * @throws BackupError where some refer to each other in a circle
 */
export function loadOrder(
  names: readonly string[],
  references: readonly (readonly [string, string])[],
): string[] {
  const ordered: string[] = []
  let waiting = [...names].sort()
  while (waiting.length > 0) {
    const free = waiting.filter((name) =>
      references.every(
        ([from, to]) => from !== name || to === name || ordered.includes(to) || !waiting.includes(to),
      ),
    )
    if (free.length === 0)
      throw new BackupError(`tables refer to each other in a circle: ${waiting.join(', ')}`)
    ordered.push(...free)
    waiting = waiting.filter((name) => !free.includes(name))
  }
  return ordered
}
