import type { ScheduleProblem } from '@/lib/timing/schedule-check'

/** What forms word by a closed list, in the words of a file's messages. */
const words: Readonly<Record<Exclude<ScheduleProblem['issue'], 'unknown-zone' | 'no-such-time'>, string>> &
  Readonly<Record<'tier-order' | 'tier-credit', string>> = {
  'due-before-opening': 'has to be after opensAt',
  'closes-before-opening': 'has to be after opensAt',
  'closes-before-due': 'must not be before dueAt',
  'tiers-need-due': 'is missing; lateTiers count from it',
  'release-needs-date': 'is missing; the release is AT_DATE',
  'release-needs-closing':
    'WHEN_ALL_DONE needs closesAt; without it nobody knows when everybody has finished',
  'tier-order': 'has to reach further than the tier before; only the last may be null',
  'tier-credit': 'has to be less than that of the tier before',
}

/** @returns the words of a problem; any other message as it is. */
export function wordSchedule(issue: string): string {
  return words[issue as keyof typeof words] ?? issue
}
