import canonicalize from 'canonicalize'
import type { Draft } from '@/lib/studio/schema'

/** Whether two drafts say the same, in whatever order their members were stored. */
export function isSameDraft(one: Draft | null, other: Draft | null): boolean {
  return one === other || canonicalize(one) === canonicalize(other)
}
