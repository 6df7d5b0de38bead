import type { JobLine } from '@/lib/operations/view'
import type { OperatorMessages } from './messages/messages'

/** @returns what a job is, by the names of what it is for: `Figure · explainable-ai / hw / q07`. */
export function nameOfJob({ kind, course, question, about }: JobLine, words: OperatorMessages): string {
  const place = [course, question?.assignment, question?.name ?? about].filter(Boolean).join(' / ')
  return [words.jobKinds[kind], place].filter(Boolean).join(' · ')
}
