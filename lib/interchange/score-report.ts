import { type KeyedQuestion, type PaperScore, scorePaper, type Total } from '@/lib/scoring/paper-score'
import { formatPoints } from '@/lib/scoring/points'
import type { AnswerFile, Answers } from './answers'
import type { AssignmentDocument } from './assignment-document'

/** Raised when a reader of the old format could misread the new one. */
export const scoresFormat = 'vitrine-scores/1'

/** A score twice: as integers, to count with, and as the decimal number that a person reads. */
interface ReportedScore {
  /** Thousandths of a point. */
  readonly thousandths: number
  /** Thousandths of a point. */
  readonly maximumThousandths: number
  /** `8.70`: at least two decimals, never rounded. */
  readonly points: string
  readonly maximum: string
}

export interface PaperReport {
  readonly total: ReportedScore
  readonly questions: readonly (ReportedScore & {
    readonly question: string
    readonly parts: readonly (ReportedScore & {
      readonly part: string
      readonly rule: string
      /** Option ids, in the order in which the options are shown. */
      readonly chosen: readonly string[]
    })[]
  })[]
}

/** One paper's report, or, for a class, one a student in the order of the file. */
export type ScoreReport = { readonly format: typeof scoresFormat; readonly assignment: string } & (
  | PaperReport
  | { readonly students: readonly ({ readonly student: string } & PaperReport)[] }
)

/** Scores every paper of a checked answer file. */
export function reportScores(document: AssignmentDocument, file: AnswerFile): ScoreReport {
  const heading = { format: scoresFormat, assignment: document.assignment.slug } as const
  if (file.kind === 'paper') return { ...heading, ...reportPaper(document.questions, file.answers) }
  return {
    ...heading,
    students: file.papers.map(({ student, answers }) => ({
      student,
      ...reportPaper(document.questions, answers),
    })),
  }
}

function reportPaper(questions: readonly KeyedQuestion[], answers: Answers): PaperReport {
  const score: PaperScore = scorePaper(questions, answers)
  return {
    total: report(score),
    questions: score.questions.map((question) => ({
      question: question.slug,
      ...report(question),
      parts: question.parts.map((part) => ({
        part: part.partId,
        ...report(part),
        rule: part.rule,
        chosen: part.chosen,
      })),
    })),
  }
}

function report({ points, maximum }: Total): ReportedScore {
  return {
    thousandths: points,
    maximumThousandths: maximum,
    points: formatPoints(points, 2),
    maximum: formatPoints(maximum, 2),
  }
}
