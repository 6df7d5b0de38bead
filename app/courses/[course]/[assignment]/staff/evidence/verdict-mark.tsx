import { clsx } from 'clsx'
import type { VerdictName } from '@/lib/verification/part-verdict'
import type { EvidenceLine } from '@/lib/verification/view'

export type ShownVerdict = VerdictName | 'unchecked'

export function verdictOf({ verdict }: Pick<EvidenceLine, 'verdict'>): ShownVerdict {
  return verdict?.verdict ?? 'unchecked'
}

const marks: Readonly<Record<ShownVerdict, string>> = {
  supported: '✓',
  ambiguous: '≈',
  contradicted: '✕',
  reasoned: '¶',
  'not-computable': '∅',
  unchecked: '·',
}

const colours: Readonly<Record<ShownVerdict, string>> = {
  supported: 'text-accent',
  ambiguous: 'text-warn',
  contradicted: 'text-wrong',
  reasoned: 'text-quiet',
  'not-computable': 'text-quiet',
  unchecked: 'text-faint',
}

/** The sign of a verdict; the word stands beside it. */
export function VerdictMark({ verdict, large = false }: { verdict: ShownVerdict; large?: boolean }) {
  return (
    <span aria-hidden="true" className={clsx('font-semibold', colours[verdict], large && 'text-17')}>
      {marks[verdict]}
    </span>
  )
}
