import { groupSize } from './extreme-groups'
import { mayBeChance } from './flags'
import { fewestStudents, type ItemStatistics } from './items'

/** What was measured of the model for a part's key. */
export interface KeyEvidence {
  /** `supported`: the key holds and nothing else does. `ambiguous`: another option holds too. `contradicted`: the key does not. */
  readonly judgement: 'supported' | 'ambiguous' | 'contradicted'
  /** A tie, a margin under its spread, or seeds that disagree. */
  readonly isThin: boolean
  /** An instructor has said why the key stands all the same. */
  readonly accepted: boolean
  /** Options outside the key that hold of the model. */
  readonly otherOptions: readonly string[]
}

/** How the best 27 % of the class read a part. */
export interface ClassDoubt {
  /** The option of the key that they choose least. */
  readonly keyed: string
  /** The option outside the key that they choose most. */
  readonly rival: string
  /** Their shares, 0..1. */
  readonly keyedShare: number
  readonly rivalShare: number
  /** How strong the doubt is, 0..1. */
  readonly strength: number
}

/** A key that somebody should look at again. */
export interface MisKeySuspicion {
  /**
   * `both`: evidence and class speak against it. `class-against-evidence`: the evidence is for it, the best students are
   * not. `class-only`: nothing was measured. `evidence-only`: the class agrees with it, or is too small to be asked.
   */
  readonly kind: 'both' | 'class-against-evidence' | 'class-only' | 'evidence-only'
  /** null: the class gives no reason for doubt. */
  readonly doubt: ClassDoubt | null
  /** 0..2: the larger, the sooner somebody should look. */
  readonly weight: number
}

/** The best group puts another option before the key by this share at least: less is no reason to ask. */
export const smallestLead = 0.1
/** The normal distribution's quantile of 95 %, one-sided: seen by chance in one of twenty classes. */
const z = 1.6448536269514722

/** How much the evidence speaks against a key, 0..1. A thin verdict alone is no reason to ask. */
const evidenceDoubts = { contradicted: 1, ambiguous: 0.6, thin: 0.3, none: 0 } as const
const askFrom = 0.6
/** Where the evidence firmly supports the key, a doubt of the class is rather about the wording: it counts half. */
const supportedFactor = 0.5

/**
 * Whether a part's key should be looked at again, by what was measured of the model and by what the best students choose.
 *
 * The class doubts a key when the best 27 % put an option outside it before one of its own, by a tenth of them or more and
 * beyond chance (McNemar's test with Edwards' correction: McNemar, Q. (1947). Psychometrika, 12, 153–157; Edwards, A. L.
 * (1948). Psychometrika, 13, 185–187), or when students who do better elsewhere do worse here, beyond chance. Fewer than ten
 * students are not asked. The rank adds both doubts, so that what both point at comes first.
 *
 * @param statistics null: nobody has submitted
 * @param students that the statistics come from
 * @param evidence null: not computable, reasoned, or not checked
 * @returns null: nothing speaks against the key
 */
export function suspectMisKey(
  statistics: Pick<ItemStatistics, 'options' | 'restCorrelation'> | null,
  students: number,
  evidence: KeyEvidence | null,
): MisKeySuspicion | null {
  const doubt = statistics && students >= fewestStudents ? classDoubt(statistics, students) : null
  const against = evidenceDoubt(evidence)
  if (!doubt && against < askFrom) return null
  const isFirm = evidence?.judgement === 'supported' && !evidence.isThin
  const weight = against + (doubt?.strength ?? 0) * (isFirm ? supportedFactor : 1)
  if (!doubt) return { kind: 'evidence-only', doubt, weight }
  if (against >= askFrom) return { kind: 'both', doubt, weight }
  return {
    kind: evidence?.judgement === 'supported' ? 'class-against-evidence' : 'class-only',
    doubt,
    weight,
  }
}

function evidenceDoubt(evidence: KeyEvidence | null): number {
  if (!evidence || evidence.accepted) return evidenceDoubts.none
  if (evidence.judgement !== 'supported') return evidenceDoubts[evidence.judgement]
  return evidence.isThin ? evidenceDoubts.thin : evidenceDoubts.none
}

function classDoubt(
  { options, restCorrelation }: Pick<ItemStatistics, 'options' | 'restCorrelation'>,
  students: number,
): ClassDoubt | null {
  const byShare = [...options].sort((left, right) => left.upperShare - right.upperShare)
  const keyed = byShare.find(({ correct }) => correct)
  const rival = byShare.findLast(({ correct }) => !correct)
  if (!keyed || !rival) return null
  const lead = rival.upperShare - keyed.upperShare
  const prefersRival = lead >= smallestLead && isBeyondChance(keyed.upperShare, rival.upperShare, students)
  const isNegative =
    restCorrelation !== null && restCorrelation < 0 && !mayBeChance(restCorrelation, students)
  if (!prefersRival && !isNegative) return null
  return {
    keyed: keyed.id,
    rival: rival.id,
    keyedShare: keyed.upperShare,
    rivalShare: rival.upperShare,
    strength: Math.min(1, Math.max(prefersRival ? lead : 0, isNegative ? Math.abs(restCorrelation) : 0)),
  }
}

/** As if nobody chose both: where some do, this is the more careful. */
function isBeyondChance(keyedShare: number, rivalShare: number, students: number): boolean {
  const size = groupSize(students)
  const [keyed, rival] = [keyedShare * size, rivalShare * size]
  return (rival - keyed - 1) / Math.sqrt(rival + keyed) >= z
}
