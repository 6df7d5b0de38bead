/**
 * How fast one attempt may be saved. A person with three tabs and a network that comes back stays far below; a program
 * in a loop does not. Counted by each web process for itself, so that saving asks the database nothing more.
 */
export const saveBurst = 600
/** Saves a second that come back. */
export const saveRefill = 20

interface Bucket {
  readonly tokens: number
  /** Milliseconds. */
  readonly at: number
}

/** @returns the bucket after one save, and whole seconds to wait; 0: the save may go on. */
export function takeSave(bucket: Bucket | undefined, now: number): { bucket: Bucket; waitSeconds: number } {
  const passed = bucket ? Math.max(0, now - bucket.at) / 1000 : 0
  const tokens = bucket ? Math.min(saveBurst, bucket.tokens + passed * saveRefill) : saveBurst
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, waitSeconds: 0 }
  return { bucket: { tokens, at: now }, waitSeconds: Math.max(1, Math.ceil((1 - tokens) / saveRefill)) }
}

const mostRemembered = 20_000
const buckets = new Map<string, Bucket>()

/** @returns whole seconds that this attempt's next save has to wait; 0: it may go on, and is counted. */
export function countSave(attemptId: string, now: number = Date.now()): number {
  const { bucket, waitSeconds } = takeSave(buckets.get(attemptId), now)
  // Forgetting only ever allows more.
  if (buckets.size >= mostRemembered && !buckets.has(attemptId)) buckets.clear()
  buckets.set(attemptId, bucket)
  return waitSeconds
}
